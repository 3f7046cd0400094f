import { apiPath, type HttpRequest } from "@infisical/core";
import type {
  CreateSecretImportOptions,
  DeleteSecretImportOptions,
  ListSecretImportsOptions,
  UpdateSecretImportOptions,
} from "./options.ts";

const base = "/api/v1/secret-imports";
const expect = { secretImport: "object" } as const;

/** The v1 routes, which current servers keep: those of 2024 have no v2. They call the project a workspace. */
export const wire = {
  createSecretImport({ projectId, signal, timeout, ...fields }: CreateSecretImportOptions): HttpRequest {
    return {
      method: "POST",
      path: base,
      body: { workspaceId: projectId, ...fields },
      signal,
      timeout,
      expect,
    };
  },

  listSecretImports({ projectId, signal, timeout, ...fields }: ListSecretImportsOptions): HttpRequest {
    return {
      method: "GET",
      path: base,
      query: { workspaceId: projectId, ...fields },
      signal,
      timeout,
      expect: { secretImports: "array" },
    };
  },

  updateSecretImport(options: UpdateSecretImportOptions): HttpRequest {
    return change("PATCH", options);
  },

  deleteSecretImport(options: DeleteSecretImportOptions): HttpRequest {
    return change("DELETE", options);
  },
};

function change(method: "PATCH" | "DELETE", options: DeleteSecretImportOptions): HttpRequest {
  const { projectId, secretImportId, signal, timeout, ...fields } = options;
  const path = apiPath`/api/v1/secret-imports/${{ secretImportId }}`;
  return { method, path, body: { workspaceId: projectId, ...fields }, signal, timeout, expect };
}
