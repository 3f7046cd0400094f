import { apiPath, optionError } from "@infisical/core/authoring";
import type { Spelling } from "./spelling.ts";

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
