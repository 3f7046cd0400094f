import type { HttpRequest } from "@infisical/core";
import { apiPath, folderPath } from "@infisical/core/authoring";
import { workspaceRequest } from "../workspace-request.ts";
import type {
  CreateSecretImportOptions,
  DeleteSecretImportOptions,
  ListSecretImportsOptions,
  UpdateSecretImportOptions,
} from "./options.ts";

const base = "/api/v1/secret-imports";
const expect = { secretImport: "object" } as const;

/** The v1 routes, which current servers keep: those of 2024 have no v2. */
export const wire = {
  createSecretImport(options: CreateSecretImportOptions): HttpRequest {
    return workspaceRequest("POST", base, withFolderPath(options), expect);
  },

  listSecretImports(options: ListSecretImportsOptions): HttpRequest {
    return workspaceRequest("GET", base, options, { secretImports: "array" });
  },

  updateSecretImport({ secretImportId, ...options }: UpdateSecretImportOptions): HttpRequest {
    return workspaceRequest("PATCH", importPath(secretImportId), withFolderPath(options), expect);
  },

  deleteSecretImport({ secretImportId, ...options }: DeleteSecretImportOptions): HttpRequest {
    return workspaceRequest("DELETE", importPath(secretImportId), options, expect);
  },
};

function importPath(secretImportId: string): string {
  return apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
}

/** The folder that is imported is addressed like the one that imports it. */
function withFolderPath<Options extends { readonly import?: { readonly path?: string | undefined } }>(
  options: Options,
): Options {
  const path = options.import?.path;
  if (path === undefined) return options;
  return { ...options, import: { ...options.import, path: folderPath("import.path", path) } };
}
