import { apiPath, type HttpRequest } from "@infisical/core";
import type { FolderPlace } from "../place.ts";
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
    return workspaceRequest("POST", base, rooted(options), expect);
  },

  listSecretImports(options: ListSecretImportsOptions): HttpRequest {
    return workspaceRequest("GET", base, rooted(options), { secretImports: "array" });
  },

  updateSecretImport({ secretImportId, ...options }: UpdateSecretImportOptions): HttpRequest {
    return workspaceRequest("PATCH", importPath(secretImportId), rooted(options), expect);
  },

  deleteSecretImport({ secretImportId, ...options }: DeleteSecretImportOptions): HttpRequest {
    return workspaceRequest("DELETE", importPath(secretImportId), rooted(options), expect);
  },
};

function importPath(secretImportId: string): string {
  return apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
}

/** Servers find no folder by a path without a slash at its start, so it gets one. */
function rooted(
  options: FolderPlace & { readonly import?: { readonly path?: string | undefined } },
): FolderPlace {
  const { path, import: source, ...rest } = options;
  return {
    ...rest,
    ...(path !== undefined && { path: withSlash(path) }),
    ...(source && {
      import: source.path === undefined ? source : { ...source, path: withSlash(source.path) },
    }),
  };
}

function withSlash(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
