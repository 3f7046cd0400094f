import { apiPath, optionError } from "@infisical/core/authoring";
import type { Spelling } from "./spelling.ts";

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
