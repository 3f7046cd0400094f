import { z } from "zod";
import type { ServerState } from "../api/server-state.ts";
import { described } from "../engine/check.ts";
import { toMilliseconds } from "../engine/durations.ts";
import type { Failure } from "../engine/failure.ts";
import type { FaultRegistry } from "../engine/fault-registry.ts";
import { findEnvironment, findFolder } from "../resources/folders/folders-state.ts";
import { startingWith } from "./failure-texts.ts";

/** What an action works on. */
export interface PageSubject {
  readonly state: ServerState;
  readonly faults: FaultRegistry;
}

/** Why an action was not carried out. */
export class PageError extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: PageError["status"], message: string) {
    super(message);
    this.status = status;
  }
}

/** Returns what the response tells, if anything. */
type Action = (subject: PageSubject, body: unknown) => Promise<unknown>;

/** The end of the last year that has four digits, in which dates of the API are written. */
const latestTime = Date.UTC(9999, 0, 1);

const duration = z.string().transform((text, context) => {
  const milliseconds = read(text.trim());
  if (milliseconds !== undefined && milliseconds > 0) return Math.ceil(milliseconds);
  context.addIssue({ code: "custom", message: `must be a duration such as "2h", got ${quoted(text)}` });
  return z.NEVER;
});

const path = z
  .string()
  .max(1000)
  .refine(
    (text) => text.startsWith("/"),
    (text) => ({ message: `must start with /, got ${quoted(text)}` }),
  );

const failures = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("status"), status: z.number().int().min(200).max(599) }).strict(),
  z.object({ kind: z.literal("drop"), when: z.enum(["before", "after"]) }).strict(),
  z.object({ kind: z.literal("delay"), delay: duration }).strict(),
  z.object({ kind: z.literal("rateLimit") }).strict(),
]);

/** What the page can do, by the last segment of the path. */
export const pageActions: ReadonlyMap<string, Action> = new Map([
  [
    "show-secret",
    action({ project: z.string(), environment: z.string(), path, name: z.string() }, ({ state }, wanted) => {
      const project = state.projects.byId(wanted.project);
      const environment = project && findEnvironment(project, wanted.environment);
      const secret = findFolder(environment, wanted.path)?.secrets.get(wanted.name);
      if (!secret) throw new PageError(404, "The secret does not exist any more");
      return { value: secret.value, version: secret.version };
    }),
  ],
  [
    "order-failure",
    action(
      { failure: failures, times: z.number().int().min(1).max(1_000_000), path: path.optional() },
      ({ faults }, { failure, times, path: text }) => {
        const prefix = text?.endsWith("*") ? startingWith(text.slice(0, -1)) : text;
        faults.add({ times, ...(prefix !== undefined && { path: prefix }) }, failureOf(failure));
      },
    ),
  ],
  ["remove-failure", action({ id: z.number() }, ({ faults }, { id }) => faults.remove(id))],
  [
    "expire-token",
    action({ number: z.number() }, ({ state }, { number }) => {
      state.accessTokens.expireNow(tokenOf(state, number));
    }),
  ],
  [
    "revoke-token",
    action({ number: z.number() }, ({ state }, { number }) => {
      state.accessTokens.revokeNow(tokenOf(state, number));
    }),
  ],
  [
    "revoke-lease",
    action({ id: z.string() }, async ({ state }, { id }) => {
      const lease = state.leases.byId(id);
      if (!lease) throw new PageError(404, "The lease does not exist any more");
      await state.leases.delete(lease, { isForced: false });
      if (state.leases.byId(id)) throw new PageError(409, `${lease.status}: ${lease.statusDetails}`);
    }),
  ],
  [
    "advance-clock",
    action({ by: duration }, ({ state: { clock } }, { by }) => {
      if (clock.now() + by >= latestTime) {
        throw new PageError(400, "by: the clock must stay before the year 9999");
      }
      clock.advance(by);
    }),
  ],
]);

/** An action whose body has these fields and no others. */
function action<Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (subject: PageSubject, body: z.output<z.ZodObject<Shape>>) => unknown,
): Action {
  const schema = z.object(shape).strict();
  return async (subject, body) => {
    const { data, error } = schema.safeParse(body);
    if (error) throw new PageError(400, described(error.issues));
    return run(subject, data);
  };
}

function failureOf(failure: z.output<typeof failures>): Failure {
  switch (failure.kind) {
    case "status":
      return { status: failure.status };
    case "drop":
      return { drop: failure.when };
    case "delay":
      return { delay: failure.delay };
    case "rateLimit":
      return { rateLimit: {} };
  }
}

function tokenOf({ accessTokens }: ServerState, number: number): string {
  const [accessToken] = accessTokens.all()[number - 1] ?? [];
  if (accessToken === undefined) throw new PageError(404, "The access token does not exist any more");
  return accessToken;
}

function read(text: string): number | undefined {
  return text === "" || text.length > 100 ? undefined : toMilliseconds(text);
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
