import { InfisicalSDKError } from "@infisical/core";
import type { ImportedSecret, Secret } from "@infisical/secrets";
import type { SourcePlace } from "./fetch-data.ts";
import type { ParsedOptions, SecretsClient } from "./options.ts";

/** What was read: the text of a secret, or those of a folder by their names. */
export type ReadValue = string | Readonly<Record<string, string>>;

/** How secrets are read. */
type ReadOptions = Pick<ParsedOptions, "expandSecretReferences" | "includeImports">;

/** Something to read, with a key that says what it is and how it is read. */
export interface Wanted {
  readonly key: string;
  readonly place: SourcePlace;
}

/** Describes what is read, and how. */
export function wantedOf(
  place: SourcePlace,
  { expandSecretReferences, includeImports }: ReadOptions,
): Wanted {
  const { projectId, environment, secretPath, secretName } = place;
  const parts = [
    projectId,
    environment,
    secretPath,
    secretName ?? null,
    expandSecretReferences,
    includeImports,
  ];
  return { key: JSON.stringify(parts), place };
}

/**
 * Reads secrets and folders: with one request for each folder, and for each whole folder.
 *
 * @returns A promise of each value, by its key. None of them is reported as an unhandled rejection.
 */
export function readSources(
  client: SecretsClient,
  wanted: readonly Wanted[],
  options: ReadOptions,
): ReadonlyMap<string, Promise<ReadValue>> {
  const folders = new Map<string, { readonly place: SourcePlace; readonly secrets: Wanted[] }>();
  const values: [string, Promise<ReadValue>][] = [];
  for (const each of wanted) {
    const { projectId, environment, secretPath, secretName } = each.place;
    if (secretName === undefined) {
      values.push([each.key, readFolder(client, each.place, options)]);
      continue;
    }
    const folderKey = JSON.stringify([projectId, environment, secretPath]);
    const folder = folders.get(folderKey) ?? { place: each.place, secrets: [] };
    folders.set(folderKey, folder);
    folder.secrets.push(each);
  }
  for (const { place, secrets } of folders.values()) {
    const names = [...new Set(secrets.map((each) => each.place.secretName as string))];
    const found = readSecrets(client, place, names, options);
    for (const each of secrets) {
      values.push([each.key, found.then((all) => textOf(all.get(trimmed(each.place)), each.place))]);
    }
  }
  for (const [, value] of values) value.catch(() => undefined);
  return new Map(values);
}

async function readSecrets(
  client: SecretsClient,
  { projectId, environment, secretPath }: SourcePlace,
  secretNames: readonly string[],
  options: ReadOptions,
): Promise<ReadonlyMap<string, Secret | ImportedSecret>> {
  const { expandSecretReferences, includeImports } = options;
  const location = { projectId, environment, secretPath, expandSecretReferences, includeImports };
  const [secretName = "", ...others] = secretNames;
  if (others.length === 0) {
    return new Map([[secretName.trim(), await client.secrets().getSecret({ ...location, secretName })]]);
  }
  const { secrets } = await client.secrets().getSecrets({ ...location, secretNames: [...secretNames] });
  return new Map(secrets.map((secret) => [secret.secretKey, secret]));
}

async function readFolder(
  client: SecretsClient,
  place: SourcePlace,
  options: ReadOptions,
): Promise<ReadValue> {
  const { projectId, environment, secretPath } = place;
  const { includeImports, expandSecretReferences } = options;
  const location = { projectId, environment, secretPath, expandSecretReferences };
  const secrets = includeImports
    ? await client.secrets().listSecretsWithImports(location)
    : (await client.secrets().listSecrets(location)).secrets;
  const texts = secrets.map((secret) => [
    secret.secretKey,
    textOf(secret, { ...place, secretName: secret.secretKey }),
  ]);
  // Instances of a function share the object between calls.
  return Object.freeze(Object.fromEntries(texts));
}

function textOf(secret: Secret | ImportedSecret | undefined, place: SourcePlace): string {
  const where = `The secret ${place.secretName} in ${place.secretPath} of the environment ${place.environment}`;
  if (!secret) throw new InfisicalSDKError(`${where} does not exist.`, { code: "NOT_FOUND" });
  if (!secret.secretValueHidden) return secret.secretValue;
  throw new InfisicalSDKError(`${where} is hidden: the identity is not allowed to read its value.`, {
    code: "FORBIDDEN",
  });
}

function trimmed({ secretName = "" }: SourcePlace): string {
  return secretName.trim();
}
