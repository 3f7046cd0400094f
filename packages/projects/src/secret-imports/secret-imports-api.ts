import type { HttpClient, HttpRequest } from "@infisical/core";
import type {
  CreateSecretImportOptions,
  DeleteSecretImportOptions,
  ListSecretImportsOptions,
  UpdateSecretImportOptions,
} from "./options.ts";
import type { SecretImportLink } from "./secret-import-link.ts";
import { wire } from "./wire.ts";

/**
 * Manages what folders import from other folders.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the import, a folder or an
 * environment is unknown, or two folders would import one another; `FORBIDDEN` where the identity may not do
 * it, and see `docs/errors.md`.
 */
export interface SecretImportsApi {
  /**
   * Makes a folder import another one. Doing so twice gives two imports.
   *
   * @param options - Which folder, and what it is to import.
   * @returns The new import.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such folder or environment, or the two would import
   * one another.
   */
  create(options: CreateSecretImportOptions): Promise<SecretImportLink>;
  /**
   * Lists the imports of a folder, in their order.
   *
   * @param options - Which folder.
   * @returns The imports.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such folder or environment.
   */
  list(options: ListSecretImportsOptions): Promise<SecretImportLink[]>;
  /**
   * Changes where an import takes its secrets from, or its place among the others.
   *
   * @param options - Which one, and what is to change.
   * @returns The import as it is now.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such import, folder or environment.
   */
  update(options: UpdateSecretImportOptions): Promise<SecretImportLink>;
  /**
   * Ends an import. The secrets stay where they come from.
   *
   * @param options - Which one.
   * @returns The import as it was.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such import, folder or environment.
   */
  delete(options: DeleteSecretImportOptions): Promise<SecretImportLink>;
}

/** Makes the methods that `client.secretImports()` gives. */
export function createSecretImportsApi(http: HttpClient): SecretImportsApi {
  const send = async (request: HttpRequest): Promise<SecretImportLink> =>
    (await http.request<{ secretImport: SecretImportLink }>(request)).secretImport;
  return {
    create: async (options) => send(wire.createSecretImport(options)),
    async list(options) {
      const request = wire.listSecretImports(options);
      return (await http.request<{ secretImports: SecretImportLink[] }>(request)).secretImports;
    },
    update: async (options) => send(wire.updateSecretImport(options)),
    delete: async (options) => send(wire.deleteSecretImport(options)),
  };
}
