import type { HttpRequest } from "@infisical/core";
import { apiPath } from "@infisical/core/authoring";
import { either } from "../either.ts";
import type { CreateProjectOptions, GetProjectOptions, InviteMemberToProjectOptions } from "./options.ts";

/**
 * Projects are `workspace` here: servers of 2024 know no other name, and current ones answer to it as well as
 * to `/api/v1/projects`.
 */
export const wire = {
  createProject({ signal, timeout, ...body }: CreateProjectOptions): HttpRequest {
    return {
      method: "POST",
      path: "/api/v2/workspace",
      body,
      signal,
      timeout,
      expect: { project: "object" },
    };
  },

  getProject(options: GetProjectOptions): HttpRequest {
    const { signal, timeout } = options;
    const { name, value } = either(options, "projectId", "slug");
    if (name === "projectId") {
      const path = apiPath`/api/v1/workspace/${{ projectId: value }}`;
      return { method: "GET", path, signal, timeout, expect: { workspace: "object" } };
    }
    const path = apiPath`/api/v2/workspace/${{ slug: value }}`;
    return { method: "GET", path, signal, timeout, expect: { id: "string" } };
  },

  inviteMembers({ projectId, signal, timeout, ...body }: InviteMemberToProjectOptions): HttpRequest {
    const path = apiPath`/api/v2/workspace/${{ projectId }}/memberships`;
    return { method: "POST", path, body, signal, timeout, expect: { memberships: "array" } };
  },
};
