import type { HttpClient } from "@infisical/core";
import { attach, processVariables } from "./environment.ts";
import { mergeImports } from "./merge-imports.ts";
import type {
  CreateSecretOptions,
  DeleteSecretOptions,
  GetSecretOptions,
  ListSecretsOptions,
  ListSecretsWithImportsOptions,
  UpdateSecretOptions,
} from "./options.ts";
import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";
import { v3 } from "./wire/v3.ts";

/** The reply to a list. */
export interface ListSecretsResponse {
  /** The folder's own secrets, in the server's order. */
  readonly secrets: Secret[];
  /** What the folder imports, in the order of its imports; with `includeImports` only. */
  readonly imports?: SecretImport[];
}

/** The reply to a write. */
export interface SecretResponse {
  /** The secret as it is now, or was before it was deleted. */
  readonly secret: Secret;
}

/**
 * Reads and writes secrets.
 *
 * Every method rejects with an {@link InfisicalSDKRequestError}: `NOT_FOUND` where the secret, folder,
 * environment or project is unknown, `FORBIDDEN` where the identity may not do it, and see `docs/errors.md`.
 */
export interface SecretsApi {
  /**
   * Lists the secrets of one folder. An unknown folder gives an empty list: that is how the server answers.
   *
   * @param options - Where to look, and how.
   * @returns The secrets, and with `includeImports` the imports.
   */
  listSecrets(options: ListSecretsOptions): Promise<ListSecretsResponse>;
  /**
   * Lists the secrets of one folder together with what it imports.
   *
   * The folder's own secrets come first and win; among imports the last one wins.
   *
   * @param options - Where to look, and how.
   * @returns The secrets.
   */
  listSecretsWithImports(options: ListSecretsWithImportsOptions): Promise<(Secret | ImportedSecret)[]>;
  /**
   * Gets one secret.
   *
   * @param options - Its name, where it is, and how to read it.
   * @returns The secret.
   */
  getSecret(options: GetSecretOptions): Promise<Secret>;
  /**
   * Creates a secret. It is sent once: never again unless the server certainly did nothing.
   *
   * @param secretName - Its name; `.` and `..` are refused, since no URL can hold them.
   * @param options - Its value, where to put it, and more.
   * @returns The new secret.
   */
  createSecret(secretName: string, options: CreateSecretOptions): Promise<SecretResponse>;
  /**
   * Changes a secret.
   *
   * @param secretName - Its name.
   * @param options - Where it is, and what is to change.
   * @returns The secret as it is now.
   */
  updateSecret(secretName: string, options: UpdateSecretOptions): Promise<SecretResponse>;
  /**
   * Deletes a secret.
   *
   * @param secretName - Its name.
   * @param options - Where it is.
   * @returns The secret as it was.
   */
  deleteSecret(secretName: string, options: DeleteSecretOptions): Promise<SecretResponse>;
}

/** Makes the methods that `client.secrets()` gives. */
export function createSecretsApi(http: HttpClient): SecretsApi {
  return {
    async listSecrets(options) {
      const variables = options.attachToProcessEnv ? processVariables() : undefined;
      const reply = await http.request<ListSecretsResponse>(v3.listSecrets(options));
      if (variables) attach(mergeImports(reply.secrets, reply.imports ?? []), variables);
      return reply;
    },
    async listSecretsWithImports(options) {
      const variables = options.attachToProcessEnv ? processVariables() : undefined;
      const request = v3.listSecrets({ ...options, includeImports: true });
      const { secrets, imports = [] } = await http.request<ListSecretsResponse>(request);
      const merged = mergeImports(secrets, imports);
      if (variables) attach(merged, variables);
      return merged;
    },
    async getSecret(options) {
      return (await http.request<SecretResponse>(v3.getSecret(options))).secret;
    },
    async createSecret(secretName, options) {
      return http.request(v3.createSecret(secretName, options));
    },
    async updateSecret(secretName, options) {
      return http.request(v3.updateSecret(secretName, options));
    },
    async deleteSecret(secretName, options) {
      return http.request(v3.deleteSecret(secretName, options));
    },
  };
}
