import type { GetSecretsResponse } from "./results.ts";
import type { ImportedSecret, Secret } from "./secret.ts";

/** Picks secrets out of a list by their names, and says which names are not there. */
export function pickSecrets(
  names: readonly string[],
  secrets: readonly (Secret | ImportedSecret)[],
): GetSecretsResponse {
  // As a get without a type, which gives the shared one.
  const shared = secrets.filter(({ type }) => type !== "personal");
  const byName = new Map(shared.map((secret) => [secret.secretKey, secret]));
  const picked: GetSecretsResponse = { secrets: [], missing: [] };
  for (const name of new Set(names)) {
    const secret = byName.get(name.trim());
    if (secret) picked.secrets.push(secret);
    else picked.missing.push(name);
  }
  return picked;
}
