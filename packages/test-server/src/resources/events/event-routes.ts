import { z } from "zod";
import { ApiError, badRequest, databaseError } from "../../api/api-error.ts";
import { type Action, allows, requireMembership } from "../../api/permissions.ts";
import type { Routes, StreamRequest } from "../../api/routes.ts";
import { isUuid, trimmed, validate } from "../../api/schemas.ts";
import type { Identity } from "../../auth/identities.ts";
import type { TextStream } from "../../engine/text-stream.ts";
import { found, type Project } from "../projects/project.ts";
import type { Registration } from "./event-streams.ts";
import { type EventName, eventNames } from "./secret-events.ts";

/** How many streams of a project an identity can have at once. */
const mostConnections = 5;

const conditions = z.object({ secretPath: z.string().default("/"), environmentSlug: z.string() });
const event = z.enum(eventNames);

const bodies = {
  current: z.object({
    projectId: trimmed,
    register: z
      .array(z.object({ event, conditions: conditions.optional() }))
      .min(1)
      .max(10),
  }),
  older: z.object({ projectId: trimmed, register: z.array(z.object({ event, conditions })) }),
};

/** The permission that each event needs. */
const actions: Readonly<Record<EventName, Action>> = {
  "secret:create": "subscribe-on-created",
  "secret:update": "subscribe-on-updated",
  "secret:delete": "subscribe-on-deleted",
  "secret:import-mutation": "subscribe-on-import-mutations",
};

/** The stream of what happens to the secrets of a project. */
export function registerEvents(routes: Routes): void {
  routes.stream("POST", "/api/v1/events/subscribe/project-events", (request) => subscribe(routes, request));
}

function subscribe({ state }: Routes, request: StreamRequest): TextStream {
  const { eventStreams } = state;
  const { generation = "current" } = eventStreams;
  const { projectId, register } = validate(bodies[generation], request.body());
  if (!eventStreams.generation) {
    const reason = "due to plan restriction. Upgrade plan to access enterprise event subscriptions.";
    throw badRequest(`Failed to use event subscriptions ${reason}`);
  }
  if (!isUuid(projectId)) throw databaseError("Find by id");
  const project = found(state.projects.byId(projectId), `Project with ${projectId} not found`);
  const { identity, accessToken } = request;
  if (eventStreams.count(project, identity) >= mostConnections) {
    const advice = "Please close some connections before opening a new one.";
    const message = `Too many active connections for project ${projectId}. ${advice}`;
    throw new ApiError(429, "RateLimitExceeded", message);
  }
  requireSubscriptions(identity, project, register);
  const check = (): void => {
    state.accessTokens.requireUsable(accessToken);
    found(state.projects.byId(projectId), `Project with ${projectId} not found`);
    requireSubscriptions(identity, project, register);
  };
  return eventStreams.open({ project, identity, registrations: register, check });
}

/** Throws 403 unless the identity is allowed to hear of everything that it registers for. */
function requireSubscriptions(
  identity: Identity,
  project: Project,
  registrations: readonly Registration[],
): void {
  const role = requireMembership(identity, project);
  for (const registration of registrations) {
    const action = actions[registration.event];
    if (allows(role, action, "secret-events")) continue;
    const { environmentSlug = "", secretPath = "/" } = registration.conditions ?? {};
    throw new ApiError(403, "PermissionDenied", "You are not allowed to subscribe on secret-events", {
      details: { action, environmentSlug, secretPath },
    });
  }
}
