import type {
  GetSecretOptions,
  GetSecretsOptions,
  ListSecretsOptions,
  ListSecretsWithImportsOptions,
} from "./options/read-options.ts";
import type {
  CreateSecretOptions,
  CreateSecretsOptions,
  DeleteSecretOptions,
  DeleteSecretsOptions,
  UpdateSecretOptions,
  UpdateSecretsOptions,
} from "./options/write-options.ts";
import type {
  ConditionalListSecretsResponse,
  GetSecretsResponse,
  ListSecretsResponse,
  MergedSecrets,
  SecretResponse,
  SecretsResponse,
} from "./results.ts";
import type { Secret } from "./secret.ts";

/**
 * Reads and writes secrets.
 *
 * Every method rejects with an `InfisicalSDKError` `INVALID_OPTION` where an option breaks a rule, and with
 * an `InfisicalSDKRequestError`: `NOT_FOUND` where the secret, folder, environment or project is unknown,
 * `FORBIDDEN` where the identity may not do it, `APPROVAL_REQUIRED` where a write became an approval request, and
 * see `docs/errors.md`.
 *
 * @example
 * import { InfisicalSDKRequestError } from "@infisical/core";
 * import { type SecretApproval } from "@infisical/secrets";
 * try {
 *   await client.secrets().deleteSecret("OLD_KEY", { projectId, environment: "prod" });
 * } catch (error) {
 *   if (!(error instanceof InfisicalSDKRequestError) || error.code !== "APPROVAL_REQUIRED") throw error;
 *   console.log(`Waits for approval: ${(error.details as SecretApproval).slug}`);
 * }
 */
export interface SecretsApi {
  /**
   * Lists the secrets of one folder.
   *
   * Servers of 2024 answer with an empty list where the folder or the environment is unknown; `strict` makes that an
   * error.
   *
   * @param options - Where to look, and how.
   * @returns The secrets, and with `includeImports` the imports.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. With `strict`, also
   * `NOT_FOUND` and `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the project is unknown. `FORBIDDEN`: the identity may not read
   * there.
   *
   * @example
   * const { secrets } = await client.secrets().listSecrets({ projectId, environment: "dev", recursive: true });
   */
  listSecrets(options: ListSecretsOptions): Promise<ListSecretsResponse>;
  /**
   * Lists the secrets of one folder unless the list is the same as before.
   *
   * A server can send an unchanged list anyway: it forgets etags after about 15 minutes and at midnight UTC.
   *
   * @param options - Where to look, and how.
   * @param etag - The `etag` of the last response to this list, with the same identity and the same options. Defaults
   * to none, as at the first call, which asks for an etag without having one.
   * @returns With `notModified: false` the secrets and their etag, with `notModified: true` no secrets.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown, or it or the etag breaks a rule. With `strict`,
   * also `NOT_FOUND` and `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the project is unknown. `FORBIDDEN`: the identity may not read
   * there.
   *
   * @example
   * let etag: string | undefined;
   * const poll = async () => {
   *   const place = { projectId, environment: "dev" };
   *   const response = await client.secrets().listSecretsIfChanged(place, etag);
   *   etag = response.etag;
   *   if (!response.notModified) console.log(`${response.secrets.length} secrets`);
   * };
   */
  listSecretsIfChanged(options: ListSecretsOptions, etag?: string): Promise<ConditionalListSecretsResponse>;
  /**
   * Lists the secrets of one folder together with what it imports.
   *
   * The folder's own secrets come first and win; among imports the last one wins.
   *
   * @param options - Where to look, and how.
   * @returns The secrets.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. With `strict`, also
   * `NOT_FOUND` and `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the project is unknown. `FORBIDDEN`: the identity may not read
   * there.
   *
   * @example
   * await client.secrets().listSecretsWithImports({ projectId, environment: "dev", attachToProcessEnv: true });
   */
  listSecretsWithImports(options: ListSecretsWithImportsOptions): Promise<MergedSecrets>;
  /**
   * Gets one secret.
   *
   * @param options - Its name, where it is, and how to read it.
   * @returns The secret.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name, a place or the version breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such secret, folder or environment.
   *
   * @example
   * const { secretValue } = await client
   *   .secrets()
   *   .getSecret({ projectId, environment: "dev", secretName: "API_KEY" });
   */
  getSecret(options: GetSecretOptions): Promise<Secret>;
  /**
   * Gets many secrets of one folder by their names, with a single request: a list.
   *
   * Names that are not there are no error. In an unknown folder, all names are missing on servers of 2024, unless with
   * `strict`.
   *
   * @param options - Their names, where they are, and how to read them.
   * @returns The secrets that are there, and the names that are missing.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. With `strict`, also
   * `NOT_FOUND` and `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the project is unknown. `FORBIDDEN`: the identity may not read
   * there.
   *
   * @example
   * const { secrets, missing } = await client
   *   .secrets()
   *   .getSecrets({ projectId, environment: "dev", secretNames: ["API_KEY", "DATABASE_PASSWORD"] });
   * if (missing.length > 0) throw new Error(`Missing secrets: ${missing.join(", ")}`);
   */
  getSecrets(options: GetSecretsOptions): Promise<GetSecretsResponse>;
  /**
   * Creates a secret. It is sent once: never again unless the server certainly did nothing.
   *
   * @param secretName - Its name; `.` and `..` are refused, since no URL can hold them.
   * @param options - Its value, where to put it, and more.
   * @returns The new secret.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name, the value or a place breaks a rule.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the name is taken. `APPROVAL_REQUIRED`: the write became an
   * approval request. `NOT_FOUND`: there is no such folder or environment.
   *
   * @example
   * await client.secrets().createSecret("NEW_KEY", { projectId, environment: "dev", secretValue: "a value" });
   */
  createSecret(secretName: string, options: CreateSecretOptions): Promise<SecretResponse>;
  /**
   * Creates many secrets of one folder with one request: all of them or none.
   *
   * @param options - The secrets, and where to put them.
   * @returns The new secrets.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the list is empty, or an entry breaks a rule.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: one of the names is taken. `APPROVAL_REQUIRED`: the write
   * became an approval request.
   *
   * @example
   * await client.secrets().createSecrets({
   *   projectId,
   *   environment: "dev",
   *   secrets: [
   *     { secretKey: "USER", secretValue: "app" },
   *     { secretKey: "PASSWORD", secretValue: "of the app" },
   *   ],
   * });
   */
  createSecrets(options: CreateSecretsOptions): Promise<SecretsResponse>;
  /**
   * Changes a secret.
   *
   * @param secretName - Its name.
   * @param options - Where it is, and what is to change.
   * @returns The secret as it is now.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such secret. `BAD_REQUEST`: the new name is taken.
   * `APPROVAL_REQUIRED`: the write became an approval request.
   *
   * @example
   * await client.secrets().updateSecret("API_KEY", { projectId, environment: "dev", secretValue: "new" });
   */
  updateSecret(secretName: string, options: UpdateSecretOptions): Promise<SecretResponse>;
  /**
   * Changes many secrets with one request: all of them or none.
   *
   * @param options - The secrets, where they are, what is to change, and what to do with those that are not there.
   * @returns The secrets as they are now.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the list is empty, or an entry breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: one of them is not there, and `mode` does not allow it.
   * `APPROVAL_REQUIRED`: the write became an approval request.
   *
   * @example
   * await client.secrets().updateSecrets({
   *   projectId,
   *   environment: "dev",
   *   mode: "upsert",
   *   secrets: [{ secretKey: "API_KEY", secretValue: "new" }],
   * });
   */
  updateSecrets(options: UpdateSecretsOptions): Promise<SecretsResponse>;
  /**
   * Deletes a secret.
   *
   * @param secretName - Its name.
   * @param options - Where it is.
   * @returns The secret as it was.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name or a place breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such secret. `APPROVAL_REQUIRED`: the write became
   * an approval request.
   *
   * @example
   * const { secret } = await client.secrets().deleteSecret("API_KEY", { projectId, environment: "dev" });
   */
  deleteSecret(secretName: string, options: DeleteSecretOptions): Promise<SecretResponse>;
  /**
   * Deletes many secrets of one folder with one request: all of them or none.
   *
   * @param options - The secrets, and where they are.
   * @returns The secrets as they were.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the list is empty, or an entry breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: one of them is not there. `APPROVAL_REQUIRED`: the write became
   * an approval request.
   *
   * @example
   * await client.secrets().deleteSecrets({
   *   projectId,
   *   environment: "dev",
   *   secrets: [{ secretKey: "API_KEY" }, { secretKey: "DATABASE_PASSWORD" }],
   * });
   */
  deleteSecrets(options: DeleteSecretsOptions): Promise<SecretsResponse>;
}
