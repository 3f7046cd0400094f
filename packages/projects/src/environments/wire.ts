import type { HttpRequest } from "@infisical/core";
import { apiPath } from "@infisical/core/authoring";
import type { CreateEnvironmentOptions, EnvironmentOptions, UpdateEnvironmentOptions } from "./options.ts";

const expect = { environment: "object" } as const;

/** Under `workspace`, which servers of 2024 and current ones answer to; the former know no `projects`. */
export const wire = {
  createEnvironment({ projectId, signal, timeout, ...body }: CreateEnvironmentOptions): HttpRequest {
    const path = apiPath`/api/v1/workspace/${{ projectId }}/environments`;
    return { method: "POST", path, body, signal, timeout, expect };
  },

  updateEnvironment({ signal, timeout, ...options }: UpdateEnvironmentOptions): HttpRequest {
    const { projectId, environmentId, ...body } = options;
    const path = environmentPath({ projectId, environmentId });
    return { method: "PATCH", path, body, signal, timeout, expect };
  },

  deleteEnvironment({ signal, timeout, ...options }: EnvironmentOptions): HttpRequest {
    return { method: "DELETE", path: environmentPath(options), signal, timeout, expect };
  },
};

function environmentPath({ projectId, environmentId }: EnvironmentOptions): string {
  return apiPath`/api/v1/workspace/${{ projectId }}/environments/${{ environmentId }}`;
}
