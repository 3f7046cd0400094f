import { environmentAuth } from "@infisical/auth-env";
import { createClient } from "@infisical/core";
import { headersFrom, readVariable } from "@infisical/core/authoring";
import { type ImportedSecret, type Secret, secrets } from "@infisical/secrets";
import type { EnvClient } from "./options.ts";
import type { Place } from "./place.ts";
import type { ReadSecret } from "./variables.ts";

/** How long one attempt of a request may take, in milliseconds. */
const attemptTimeout = 10_000;

/** Reads the secrets of all folders: of each name the one that counts. */
export async function readSecrets(
  place: Place,
  timeout: number,
  signal: AbortSignal,
): Promise<readonly ReadSecret[]> {
  if (place.client) return readWith(place.client, place, signal);
  const client = createClient({
    siteUrl: place.siteUrl,
    auth: place.auth ?? environmentAuth(),
    headers: headersFrom(readVariable),
    timeout: Math.min(timeout, attemptTimeout),
    plugins: [secrets()],
  });
  try {
    return await readWith(client, place, signal);
  } finally {
    // Its sockets would keep the process alive.
    await client.close();
  }
}

async function readWith(client: EnvClient, place: Place, signal: AbortSignal): Promise<ReadSecret[]> {
  const { projectId, environment, recursive, expandSecretReferences } = place;
  const read = async (secretPath: string): Promise<readonly (Secret | ImportedSecret)[]> => {
    const options = { projectId, environment, secretPath, recursive, expandSecretReferences, signal };
    if (place.includeImports) return client.secrets().listSecretsWithImports(options);
    return (await client.secrets().listSecrets(options)).secrets;
  };
  const folders = await Promise.all(place.secretPath.map(read));
  const winners = new Map<string, ReadSecret>();
  for (const folder of folders) {
    for (const { secretKey, secretValue, secretValueHidden } of nearestOfEachName(folder)) {
      winners.set(secretKey, { name: secretKey, value: secretValueHidden ? undefined : secretValue });
    }
  }
  return [...winners.values()];
}

function nearestOfEachName(folder: readonly (Secret | ImportedSecret)[]): (Secret | ImportedSecret)[] {
  const nearest = new Map<string, Secret | ImportedSecret>();
  for (const secret of folder) {
    const known = nearest.get(secret.secretKey);
    if (!known || depthOf(secret) < depthOf(known)) nearest.set(secret.secretKey, secret);
  }
  return [...nearest.values()];
}

function depthOf({ secretPath = "/" }: Secret | ImportedSecret): number {
  return secretPath.split("/").filter((part) => part !== "").length;
}
