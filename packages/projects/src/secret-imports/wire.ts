import { apiPath, type HttpRequest } from "@infisical/core";
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
    return workspaceRequest("POST", base, options, expect);
  },

  listSecretImports(options: ListSecretImportsOptions): HttpRequest {
    return workspaceRequest("GET", base, options, { secretImports: "array" });
  },

  updateSecretImport({ secretImportId, ...options }: UpdateSecretImportOptions): HttpRequest {
    return workspaceRequest("PATCH", importPath(secretImportId), options, expect);
  },

  deleteSecretImport({ secretImportId, ...options }: DeleteSecretImportOptions): HttpRequest {
    return workspaceRequest("DELETE", importPath(secretImportId), options, expect);
  },
};

function importPath(secretImportId: string): string {
  return apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
}
