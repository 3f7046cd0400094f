import type { HttpRequest } from "@infisical/core";
import { apiPath, optionError } from "@infisical/core/authoring";

/** The parameters of a query. */
export type Query = NonNullable<HttpRequest["query"]>;

/** The methods that write. */
export type WriteMethod = "POST" | "PATCH" | "DELETE";

/** What the two versions of the API call the same things. */
export interface Spelling {
  /** The path of all secrets. */
  readonly listPath: string;
  /** The path of one secret. */
  onePath(secretName: string): string;
  /** The path of one secret for a write. */
  writePath(method: WriteMethod, secretName: string): string;
  /** The path of batches. */
  readonly batchPath: string;
  /** The project's field. */
  project(projectId: string): { readonly [field: string]: string };
  /** The flag that asks for imports. */
  imports(include: boolean): Query;
  /** The flag that asks for personal secrets in the place of shared ones. */
  personalOverrides(include: boolean): Query;
}

/** The v3 routes, which every server has. */
export const v3: Spelling = {
  listPath: "/api/v3/secrets/raw",
  batchPath: "/api/v3/secrets/batch/raw",
  onePath: (secretName) => apiPath`/api/v3/secrets/raw/${{ secretName }}`,
  writePath: (_method, secretName) => v3.onePath(secretName),
  project: (projectId) => ({ workspaceId: projectId }),
  imports: (include) => ({ include_imports: include }),
  personalOverrides: (include) => {
    if (include)
      throw optionError("includePersonalOverrides", 'needs secrets({ apiVersion: "v4" })', include);
    return {};
  },
};

/** The v4 routes. */
export const v4: Spelling = {
  listPath: "/api/v4/secrets",
  batchPath: "/api/v4/secrets/batch",
  onePath: (secretName) => apiPath`/api/v4/secrets/${{ secretName }}`,
  writePath: (method, secretName) => {
    const taken = method === "POST" ? ["batch", "move", "duplicate"] : ["batch"];
    if (taken.includes(secretName)) {
      const rule = "is also the name of a route of v4; write this secret in a batch, or with v3";
      throw optionError("secretName", rule, secretName);
    }
    return v4.onePath(secretName);
  },
  project: (projectId) => ({ projectId }),
  // The first servers with v4 spelled it as v3 does; each ignores the other's spelling.
  imports: (include) => ({ includeImports: include, include_imports: include }),
  personalOverrides: (include) => ({ includePersonalOverrides: include }),
};
