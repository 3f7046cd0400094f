import type { HttpClient, ResponseShape } from "@infisical/core";
import { apiPath, optionError, parseCallOptions } from "@infisical/core/authoring";
import { changeable, projectRules } from "./project-options.ts";
import {
  type Membership,
  membershipShape,
  type Project,
  type ProjectInfo,
  projectInfoShape,
  projectShape,
} from "./project-types.ts";
import type { ProjectsApi } from "./projects.ts";
import { requireEither } from "./shared-options.ts";

/** What a request for one project needs besides its path. */
interface RequestForOne {
  readonly operation: string;
  readonly method: "GET" | "PATCH" | "DELETE";
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | string | undefined;
}

/** The project that a request is for. */
type Which = ReturnType<typeof whichOf>;

/** The requests behind `client.projects()`. All servers have the routes under `workspace`; older ones have no others. */
export function projectRequests(http: HttpClient): ProjectsApi {
  /** Sends a request for the project with this id or slug; the response to the latter has nothing around the project. */
  const send = async <Sent>(request: RequestForOne, which: Which, shape: ResponseShape): Promise<Sent> => {
    const { name, value } = which;
    const target = { [name]: value };
    if (name === "slug") {
      const path = apiPath`/api/v2/workspace/${{ slug: value }}`;
      return http.request<Sent>({ ...request, target, path, expect: shape });
    }
    const path = apiPath`/api/v1/workspace/${{ projectId: value }}`;
    const expect = { workspace: shape };
    return (await http.request<{ workspace: Sent }>({ ...request, target, path, expect })).workspace;
  };
  return {
    async create(options) {
      const { signal, timeout, ...body } = parseCallOptions(options, projectRules.create);
      const response = await http.request<{ project: Project }>({
        operation: "projects.create",
        method: "POST",
        path: "/api/v2/workspace",
        body,
        signal,
        timeout,
        expect: { project: projectShape },
      });
      return response.project;
    },
    async list(options = {}) {
      const { signal, timeout, ...query } = parseCallOptions(options, projectRules.list);
      const response = await http.request<{ workspaces: Project[] }>({
        operation: "projects.list",
        method: "GET",
        path: "/api/v1/workspace",
        query,
        signal,
        timeout,
        expect: { workspaces: [projectShape] },
      });
      return response.workspaces;
    },
    async get(options) {
      const parsed = parseCallOptions(options, projectRules.get);
      const { signal, timeout } = parsed;
      const get = { operation: "projects.get", method: "GET", signal, timeout } as const;
      return send<Project>(get, whichOf(parsed), projectShape);
    },
    async getBySlug(options) {
      const { signal, timeout, slug } = parseCallOptions(options, projectRules.getBySlug);
      const get = { operation: "projects.getBySlug", method: "GET", signal, timeout } as const;
      return send<Project>(get, { name: "slug", value: slug }, projectShape);
    },
    async update(options) {
      const parsed = parseCallOptions(options, projectRules.update);
      const { projectId: _projectId, slug: _slug, newSlug, signal, timeout, ...changes } = parsed;
      const which = whichOf(parsed);
      if (newSlug !== undefined && which.name === "slug") {
        throw optionError(
          "newSlug",
          "must come with projectId: servers change a slug by the project's id only",
        );
      }
      const body = newSlug === undefined ? changes : { ...changes, slug: newSlug };
      if (Object.keys(body).length === 0) {
        throw optionError(changeable.join(", "), "must be given, at least one of them");
      }
      const update = { operation: "projects.update", method: "PATCH", body, signal, timeout } as const;
      return send<ProjectInfo>(update, which, projectInfoShape);
    },
    async delete(options) {
      const parsed = parseCallOptions(options, projectRules.delete);
      const { signal, timeout } = parsed;
      const remove = { operation: "projects.delete", method: "DELETE", signal, timeout } as const;
      return send<ProjectInfo>(remove, whichOf(parsed), projectInfoShape);
    },
    async inviteMembers(options) {
      const { projectId, signal, timeout, ...body } = parseCallOptions(options, projectRules.inviteMembers);
      if (!body.emails?.length && !body.usernames?.length) {
        throw optionError("emails or usernames", "must name at least one person");
      }
      const response = await http.request<{ memberships: Membership[] }>({
        operation: "projects.inviteMembers",
        method: "POST",
        path: apiPath`/api/v2/workspace/${{ projectId }}/memberships`,
        body,
        signal,
        timeout,
        expect: { memberships: [membershipShape] },
      });
      return response.memberships;
    },
  };
}

function whichOf(options: { readonly projectId?: string | undefined; readonly slug?: string | undefined }) {
  return requireEither(options, "projectId", "slug");
}
