import type { MoveSecretsOptions, MoveSecretsResponse } from "./move.ts";
import type {
  GetSecretOptions,
  GetSecretsOptions,
  ListSecretsOptions,
  ListSecretsWithImportsOptions,
} from "./read-options.ts";
import type {
  ConditionalListSecretsResponse,
  GetSecretsResponse,
  ListSecretsResponse,
  MergedSecrets,
  SecretResponse,
  SecretsResponse,
} from "./results.ts";
import type { Secret } from "./secret.ts";
import type { GetValuesOptions, SecretValues } from "./values.ts";
import type { ListSecretVersionsOptions, ListSecretVersionsResponse } from "./versions.ts";
import type {
  CreateSecretOptions,
  CreateSecretsOptions,
  DeleteSecretOptions,
  DeleteSecretsOptions,
  UpdateSecretOptions,
  UpdateSecretsOptions,
} from "./write-options.ts";

/**
 * Reads and writes secrets.
 *
 * Every method rejects with an `InfisicalSDKError` `INVALID_OPTION` if an option breaks a rule, and with an
 * `InfisicalSDKRequestError` if the request fails: `NOT_FOUND` if the secret, folder, environment or project does not
 * exist, `FORBIDDEN` if the identity is not allowed to do it, `APPROVAL_REQUIRED` if a write became an approval
 * request. `docs/errors.md` lists all codes.
 *
 * @example
 * import { InfisicalSDKRequestError } from "@infisical/core";
 * import { type SecretApproval } from "@infisical/secrets";
 * try {
 *   await client.secrets().deleteSecret("OLD_KEY", { projectId, environment: "prod" });
 * } catch (error) {
 *   if (!(error instanceof InfisicalSDKRequestError) || error.code !== "APPROVAL_REQUIRED") throw error;
 *   console.log(`Waiting for approval: ${(error.details as SecretApproval).slug}`);
 * }
 */
export interface SecretsApi {
  /**
   * Lists the secrets of one folder.
   *
   * If a list is empty and the server does not tell whether its folder exists, as older servers do not, a second
   * request finds out.
   *
   * @param options - Which secrets to list, and how.
   * @returns The secrets, and with `includeImports` the imports.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. `NOT_FOUND`: an
   * older server has no such folder. With `strict`, also `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder, environment or project does not exist. `FORBIDDEN`:
   * no permission to read.
   *
   * @example
   * const { secrets } = await client.secrets().listSecrets({ projectId, environment: "dev", recursive: true });
   */
  listSecrets(options: ListSecretsOptions): Promise<ListSecretsResponse>;
  /**
   * Lists the secrets of one folder unless the list has not changed.
   *
   * A server can send an unchanged list anyway: it forgets etags after about 15 minutes and at midnight UTC.
   *
   * @param options - Which secrets to list, and how.
   * @param etag - The `etag` of the last response to this list, with the same identity and the same options. Leave it
   * out of the first call.
   * @returns With `notModified: false` the secrets and their etag, with `notModified: true` no secrets.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown, or it or the etag breaks a rule.
   * `NOT_FOUND`: an older server has no such folder. With `strict`, also `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder, environment or project does not exist. `FORBIDDEN`:
   * no permission to read.
   *
   * @example
   * let etag: string | undefined;
   * const poll = async () => {
   *   const response = await client.secrets().listSecretsIfChanged({ projectId, environment: "dev" }, etag);
   *   etag = response.etag;
   *   if (!response.notModified) console.log(`${response.secrets.length} secrets`);
   * };
   */
  listSecretsIfChanged(options: ListSecretsOptions, etag?: string): Promise<ConditionalListSecretsResponse>;
  /**
   * Lists the secrets of one folder together with what it imports.
   *
   * The folder's own secrets come first and win over imports; among imports the last one wins.
   *
   * @param options - Which secrets to list, and how.
   * @returns The secrets.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. `NOT_FOUND`: an
   * older server has no such folder. With `strict`, also `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder, environment or project does not exist. `FORBIDDEN`:
   * no permission to read.
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
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the secret, folder or environment does not exist.
   *
   * @example
   * const { secretValue } = await client
   *   .secrets()
   *   .getSecret({ projectId, environment: "dev", secretName: "API_KEY" });
   */
  getSecret(options: GetSecretOptions): Promise<Secret>;
  /**
   * Gets several secrets of one folder by name, with a single request: a list.
   *
   * Missing secrets are not an error; a missing folder is one.
   *
   * @param options - Which secrets to get, and how.
   * @returns The secrets that exist, and the names that are missing.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. `NOT_FOUND`: an
   * older server has no such folder. With `strict`, also `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder, environment or project does not exist. `FORBIDDEN`:
   * no permission to read.
   *
   * @example
   * const { secrets, missing } = await client
   *   .secrets()
   *   .getSecrets({ projectId, environment: "dev", secretNames: ["API_KEY", "DATABASE_PASSWORD"] });
   * if (missing.length > 0) throw new Error(`Missing secrets: ${missing.join(", ")}`);
   */
  getSecrets(options: GetSecretsOptions): Promise<GetSecretsResponse>;
  /**
   * Gets the values of several secrets of one folder by name, as an object: the settings of an application.
   *
   * @typeParam Name - The secrets' names; inferred.
   * @typeParam Strict - The option `strict`; inferred.
   * @param options - Which secrets to get, and how.
   * @returns The values, by the names that were asked for.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks a rule. Unless `strict` is `false`:
   * `NOT_FOUND`, with the names of all secrets that are missing; `FORBIDDEN`, with those whose values are withheld;
   * `UNRESOLVED_REFERENCE`.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder, environment or project does not exist. `FORBIDDEN`:
   * no permission to read.
   *
   * @example
   * const settings = await client
   *   .secrets()
   *   .getValues({ projectId, environment: "dev", secretNames: ["API_KEY", "LOG_LEVEL"] });
   * console.log(settings.API_KEY, settings.LOG_LEVEL);
   */
  getValues<const Name extends string, const Strict extends boolean | undefined = true>(
    options: GetValuesOptions<Name, Strict>,
  ): Promise<SecretValues<Name, Strict>>;
  /**
   * Creates a secret. The request is sent at most once, unless the server is known not to have processed it.
   *
   * @param secretName - Its name; `.` and `..` are refused, because no URL can contain them.
   * @param options - Its value, its location, and more.
   * @returns The new secret.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the name is taken. `APPROVAL_REQUIRED`: the write became an
   * approval request. `NOT_FOUND`: the folder or environment does not exist.
   *
   * @example
   * await client.secrets().createSecret("NEW_KEY", { projectId, environment: "dev", secretValue: "a value" });
   */
  createSecret(secretName: string, options: CreateSecretOptions): Promise<SecretResponse>;
  /**
   * Creates several secrets in one folder with one request: all of them or none.
   *
   * @param options - The secrets, and where to create them.
   * @returns The new secrets.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the list is empty, or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: one of the names is taken. `APPROVAL_REQUIRED`: the write
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
   * Updates a secret. What the options leave out stays as it is.
   *
   * @param secretName - Its name.
   * @param options - Where it is, and what to change.
   * @returns The secret as it is now, but without what the options leave out: without `secretValue` its value, and
   * without `secretComment` its comment, is an empty string in the response. Get the secret to see them.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the secret does not exist. `BAD_REQUEST`: the new name is taken.
   * `APPROVAL_REQUIRED`: the write became an approval request.
   *
   * @example
   * await client.secrets().updateSecret("API_KEY", { projectId, environment: "dev", secretValue: "new" });
   */
  updateSecret(secretName: string, options: UpdateSecretOptions): Promise<SecretResponse>;
  /**
   * Updates several secrets with one request: all of them or none.
   *
   * @param options - The secrets, where they are, what to change, and what to do with missing ones.
   * @returns The secrets as they are now.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the list is empty, or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: one of them does not exist, and `mode` does not allow it.
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
   * @returns The secret as it was before.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the name or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the secret does not exist. `APPROVAL_REQUIRED`: the write
   * became an approval request.
   *
   * @example
   * const { secret } = await client.secrets().deleteSecret("API_KEY", { projectId, environment: "dev" });
   */
  deleteSecret(secretName: string, options: DeleteSecretOptions): Promise<SecretResponse>;
  /**
   * Deletes several secrets of one folder with one request: all of them or none.
   *
   * @param options - The secrets, and where they are.
   * @returns The secrets as they were before.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the list is empty, or an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: one of them does not exist. `APPROVAL_REQUIRED`: the write
   * became an approval request.
   *
   * @example
   * await client.secrets().deleteSecrets({
   *   projectId,
   *   environment: "dev",
   *   secrets: [{ secretKey: "API_KEY" }, { secretKey: "DATABASE_PASSWORD" }],
   * });
   */
  deleteSecrets(options: DeleteSecretsOptions): Promise<SecretsResponse>;
  /**
   * Moves secrets to another folder, also of another environment of the project. They get new ids there.
   *
   * @param options - The secrets by their ids, from where, and where to.
   * @returns What has changed: both sides, unless one became an approval request.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: one of the folders does not exist. `BAD_REQUEST`: an id is not
   * that of a secret of the source, or the destination has other values of the same names. `FORBIDDEN`: no permission.
   *
   * @example
   * const from = { projectId, environment: "dev" };
   * const { id } = await client.secrets().getSecret({ ...from, secretName: "API_KEY" });
   * await client.secrets().move({
   *   projectId,
   *   sourceEnvironment: "dev",
   *   destinationEnvironment: "staging",
   *   secretIds: [id],
   * });
   */
  move(options: MoveSecretsOptions): Promise<MoveSecretsResponse>;
  /**
   * Lists the versions of a secret, the newest first.
   *
   * Servers show them to users only: with the token of a machine identity the call is `FORBIDDEN`. A machine identity
   * reads one version at a time, with the `version` of {@link SecretsApi.getSecret}.
   *
   * @param options - The secret's id, and which of its versions.
   * @returns The versions.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: a machine identity asks, or the user is not allowed to read the
   * secret. `NOT_FOUND`: the secret does not exist.
   *
   * @example
   * const history = async (secretId: string) => {
   *   const { secretVersions } = await client.secrets().listSecretVersions({ secretId, limit: 5 });
   *   return secretVersions.map(({ version, updatedAt }) => `${version} of ${updatedAt}`);
   * };
   */
  listSecretVersions(options: ListSecretVersionsOptions): Promise<ListSecretVersionsResponse>;
}
