import type { GetSecretsResponse } from "./results.ts";
import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/**
 * Gives a folder's own secrets, then what its imports add: the last import wins, as in the server's own get.
 *
 * Linear in the number of secrets. Nothing of the response is changed; an imported secret only gains the path
 * that it was imported from, which the server states once for the whole import.
 */
export function mergeImports(
  own: readonly Secret[],
  imports: readonly SecretImport[] = [],
): (Secret | ImportedSecret)[] {
  const seen = new Set(own.map((secret) => secret.secretKey));
  const merged: (Secret | ImportedSecret)[] = [...own];
  for (const { secrets, secretPath } of [...imports].reverse()) {
    for (const secret of secrets) {
      if (seen.has(secret.secretKey)) continue;
      seen.add(secret.secretKey);
      merged.push({ secretPath, ...secret });
    }
  }
  return merged;
}

/** Picks secrets out of a list by their names, and says which names are not there. */
export function pickSecrets(
  names: readonly string[],
  all: readonly (Secret | ImportedSecret)[],
): GetSecretsResponse {
  // As a get without a type, which gives the shared one.
  const shared = all.filter(({ type }) => type !== "personal");
  const byName = new Map(shared.map((secret) => [secret.secretKey, secret]));
  const secrets: (Secret | ImportedSecret)[] = [];
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const secret = byName.get(name.trim());
    if (secret) secrets.push(secret);
    else missing.push(name);
  }
  return { secrets, missing };
}

/** Of each name the secret that wins: a personal one, then that of the folder nearest to the listed one. */
export function nearestOfEachName(secrets: readonly Secret[]): Secret[] {
  const nearest = new Map<string, { readonly secret: Secret; readonly rank: number }>();
  for (const secret of secrets) {
    const rank = rankOf(secret);
    const known = nearest.get(secret.secretKey);
    if (!known || rank < known.rank) nearest.set(secret.secretKey, { secret, rank });
  }
  return Array.from(nearest.values(), ({ secret }) => secret);
}

function rankOf({ type, secretPath }: Secret): number {
  if (type === "personal") return 0;
  return (secretPath ?? "/").split("/").filter((part) => part !== "").length + 1;
}
