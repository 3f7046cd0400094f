import { definePlugin, type HttpRequest, type Plugin } from "@infisical/core";
import { apiPath, parseCallOptions } from "@infisical/core/authoring";
import { workspaceFields } from "../workspace-fields.ts";
import {
  type CreateSecretImportOptions,
  type DeleteSecretImportOptions,
  type ListSecretImportsOptions,
  optionRules,
  type UpdateSecretImportOptions,
} from "./options.ts";
import { type SecretImportLink, secretImportShape } from "./secret-import-link.ts";

/**
 * Manages what folders import from other folders.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` where the import, a folder or an environment is unknown, or two folders would import one another; `FORBIDDEN` where the identity may not do
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

/** The plugin that adds `client.secretImports()`. */
export type SecretImportsPlugin = Plugin<"secretImports", SecretImportsApi>;

/**
 * Adds `client.secretImports()`: create, list, update and delete.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { secretImports } from "@infisical/projects";
 * const client = createClient({ plugins: [secretImports()] });
 * const importShared = () =>
 *   client.secretImports().create({
 *     projectId: "id",
 *     environment: "dev",
 *     path: "/app",
 *     import: { environment: "dev", path: "/shared" },
 *   });
 */
export function secretImports(): SecretImportsPlugin {
  return definePlugin("secretImports", ({ http }): SecretImportsApi => {
    const send = async (request: HttpRequest): Promise<SecretImportLink> => {
      const expect = { secretImport: secretImportShape };
      return (await http.request<{ secretImport: SecretImportLink }>({ ...request, expect })).secretImport;
    };
    // The v1 routes, which current servers keep: those of 2024 have no v2.
    const path = "/api/v1/secret-imports";
    return {
      async create(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.create);
        return send({ method: "POST", path, body: workspaceFields(rest), signal, timeout });
      },
      async list(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.list);
        const response = await http.request<{ secretImports: SecretImportLink[] }>({
          method: "GET",
          path,
          query: workspaceFields(rest),
          signal,
          timeout,
          expect: { secretImports: [secretImportShape] },
        });
        return response.secretImports;
      },
      async update(options) {
        const { secretImportId, signal, timeout, ...rest } = parseCallOptions(options, optionRules.update);
        const path = apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
        return send({ method: "PATCH", path, body: workspaceFields(rest), signal, timeout });
      },
      async delete(options) {
        const { secretImportId, signal, timeout, ...rest } = parseCallOptions(options, optionRules.delete);
        const path = apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
        return send({ method: "DELETE", path, body: workspaceFields(rest), signal, timeout });
      },
    };
  });
}
