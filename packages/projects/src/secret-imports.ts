import { definePlugin, type HttpRequest, type Plugin, type ResponseShape } from "@infisical/core";
import {
  apiPath,
  fieldsOf,
  folderPath,
  integerFrom,
  type OptionRules,
  parseCallOptions,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import type { FolderLocation } from "./shared-options.ts";
import { assertNoOptions, locationRules, workspaceFields } from "./shared-options.ts";

/**
 * Manages what folders import from other folders.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the import, a folder or an environment is unknown, or two folders would
 * import each other; `FORBIDDEN` if the identity is not allowed to do this. For the other codes see
 * `docs/errors.md`.
 */
export interface SecretImportsApi {
  /**
   * Makes a folder import another one. Two calls create two imports.
   *
   * @param options - The importing folder, and the folder to import.
   * @returns The new import.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: a folder or an environment does not exist, or the two folders
   * would import each other.
   */
  create(options: CreateSecretImportOptions): Promise<SecretImportLink>;
  /**
   * Lists the imports of a folder, in order.
   *
   * @param options - Which folder.
   * @returns The imports.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder or the environment does not exist.
   */
  list(options: ListSecretImportsOptions): Promise<SecretImportLink[]>;
  /**
   * Changes which folder is imported, or the position among the other imports.
   *
   * @param options - Which import, and the changes.
   * @returns The changed import.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the import, a folder or an environment does not exist.
   */
  update(options: UpdateSecretImportOptions): Promise<SecretImportLink>;
  /**
   * Deletes an import. The imported secrets stay in their own folder.
   *
   * @param options - Which import.
   * @returns The deleted import.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the import, the folder or the environment does not exist.
   */
  delete(options: DeleteSecretImportOptions): Promise<SecretImportLink>;
}

/** The plugin that adds `client.secretImports()`. */
export type SecretImportsPlugin = Plugin<"secretImports", SecretImportsApi>;

const secretImportShape: ResponseShape = {
  id: "string",
  importPath: "string",
  importEnv: { "id?": "string", "name?": "string", slug: "string" },
  "position?": "number",
  "folderId?": "string",
  "version?": "number",
  "isReplication?": "boolean",
  "lastReplicated?": "string",
  "isReplicationSuccess?": "boolean",
  "replicationStatus?": "string",
  "isReserved?": "boolean",
  "createdAt?": "string",
  "updatedAt?": "string",
};

const optionRules = {
  create: {
    ...locationRules,
    import: fieldsOf({ environment: requireText, path: folderPath }),
    "isReplication?": requireFlag,
  },
  list: locationRules,
  update: {
    ...locationRules,
    secretImportId: requireText,
    import: fieldsOf({ "environment?": requireText, "path?": folderPath, "position?": integerFrom(1) }),
  },
  delete: { ...locationRules, secretImportId: requireText },
} satisfies Record<string, OptionRules>;

/**
 * Adds `client.secretImports()`: create, list, update and delete.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
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
export function secretImports(options?: Readonly<Record<string, never>>): SecretImportsPlugin {
  assertNoOptions("", options);
  return definePlugin("secretImports", ({ http }): SecretImportsApi => {
    const send = async (request: HttpRequest): Promise<SecretImportLink> => {
      const expect = { secretImport: secretImportShape };
      return (await http.request<{ secretImport: SecretImportLink }>({ ...request, expect })).secretImport;
    };
    // All servers have the v1 routes; older servers have no v2.
    const path = "/api/v1/secret-imports";
    return {
      async create(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.create);
        return send({
          operation: "secretImports.create",
          method: "POST",
          path,
          body: workspaceFields(rest),
          signal,
          timeout,
        });
      },
      async list(options) {
        const { signal, timeout, ...rest } = parseCallOptions(options, optionRules.list);
        const response = await http.request<{ secretImports: SecretImportLink[] }>({
          operation: "secretImports.list",
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
        return send({
          operation: "secretImports.update",
          method: "PATCH",
          path,
          body: workspaceFields(rest),
          signal,
          timeout,
        });
      },
      async delete(options) {
        const { secretImportId, signal, timeout, ...rest } = parseCallOptions(options, optionRules.delete);
        const path = apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
        return send({
          operation: "secretImports.delete",
          method: "DELETE",
          path,
          body: workspaceFields(rest),
          signal,
          timeout,
        });
      },
    };
  });
}

/** The link through which a folder imports the secrets of another one. */
export interface SecretImportLink {
  /** The link's id. */
  readonly id: string;
  /** The path of the imported folder. */
  readonly importPath: string;
  /** The environment of the imported folder. */
  readonly importEnv: {
    /** The environment's id. */
    readonly id: string;
    /** The environment's name. */
    readonly name: string;
    /** The environment's slug. */
    readonly slug: string;
  };
  /** Its position among the imports of its folder, from 1; on a name clash the last import wins. */
  readonly position: number;
  /** The id of the importing folder. */
  readonly folderId: string;
  /** The number of its current version, from 1. */
  readonly version?: number | null;
  /** Whether secrets are copied instead of being looked up. */
  readonly isReplication?: boolean | null;
  /** When the secrets were last copied, as an ISO date. */
  readonly lastReplicated?: string | null;
  /** Whether the last copy succeeded. */
  readonly isReplicationSuccess?: boolean | null;
  /** Why the last copy failed. */
  readonly replicationStatus?: string | null;
  /** Whether the server reserves it for itself. */
  readonly isReserved?: boolean | null;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/**
 * The import to create; `path` is the importing folder.
 *
 * @example
 * await client.secretImports().create({
 *   projectId,
 *   environment: "dev",
 *   path: "/shop",
 *   import: { environment: "dev", path: "/shared" },
 *   isReplication: true,
 * });
 */
export interface CreateSecretImportOptions extends FolderLocation {
  /** The folder to import. */
  readonly import: {
    /** The environment's slug. */
    readonly environment: string;
    /** The folder's path. */
    readonly path: string;
  };
  /**
   * Whether to copy secrets instead of looking them up; not every plan includes this.
   *
   * @defaultValue false
   */
  readonly isReplication?: boolean | undefined;
}

/** Selects the folder whose imports to list: `path`. */
export type ListSecretImportsOptions = FolderLocation;

/**
 * Selects the import to delete; `path` is the importing folder.
 *
 * @example
 * await client.secretImports().delete({ projectId, environment: "dev", path: "/shop", secretImportId: "an-import-id" });
 */
export interface DeleteSecretImportOptions extends FolderLocation {
  /** The import's id. */
  readonly secretImportId: string;
}

/**
 * The changes to an import; `path` is the importing folder.
 *
 * @example
 * await client.secretImports().update({
 *   projectId,
 *   environment: "dev",
 *   path: "/shop",
 *   secretImportId: "an-import-id",
 *   import: { environment: "staging", path: "/shared", position: 1 },
 * });
 */
export interface UpdateSecretImportOptions extends DeleteSecretImportOptions {
  /** The changes; what is omitted stays the same. */
  readonly import: {
    /** The environment's slug. */
    readonly environment?: string | undefined;
    /** The folder's path. */
    readonly path?: string | undefined;
    /** Its new position among the imports of the folder, from 1. */
    readonly position?: number | undefined;
  };
}
