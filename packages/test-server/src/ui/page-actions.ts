import { z } from "zod";
import type { ServerState } from "../api/server-state.ts";
import { described } from "../engine/check.ts";
import type { FaultRegistry } from "../engine/fault-registry.ts";
import { findEnvironment, findFolder } from "../resources/folders/folders-state.ts";
import { failureOrder, orderFailure } from "./failure-order.ts";
import { duration, path } from "./page-fields.ts";

/** What an action works on. */
export interface PageSubject {
  readonly state: ServerState;
  readonly faults: FaultRegistry;
  /** Which state it is, among those before and after resets. */
  readonly generation: number;
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
type Action = (subject: PageSubject, body: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** The end of the last year that has four digits, in which dates of the API are written. */
const latestTime = Date.UTC(9999, 0, 1);

/** What the page can do, by the last segment of the path. */
export const pageActions: ReadonlyMap<string, Action> = new Map([
  [
    "show-secret",
    actionOnSeen(
      { project: z.string(), environment: z.string(), path, name: z.string() },
      ({ state }, wanted) => {
        const project = state.projects.byId(wanted.project);
        const environment = project && findEnvironment(project, wanted.environment);
        const secret = findFolder(environment, wanted.path)?.secrets.get(wanted.name);
        if (!secret) throw new PageError(404, "The secret does not exist any more");
        return { value: secret.value, id: secret.id, version: secret.version };
      },
    ),
  ],
  ["order-failure", action(failureOrder, ({ faults }, order) => orderFailure(faults, order))],
  [
    "remove-failure",
    action({ id: z.number() }, ({ faults }, { id }) => {
      if (!faults.waiting().some((failure) => failure.id === id)) {
        throw new PageError(404, "The failure has happened already, or was removed");
      }
      faults.remove(id);
    }),
  ],
  [
    "expire-token",
    actionOnSeen({ number: z.number() }, ({ state }, { number }) => {
      state.accessTokens.expireNow(tokenOf(state, number));
    }),
  ],
  [
    "revoke-token",
    actionOnSeen({ number: z.number() }, ({ state }, { number }) => {
      state.accessTokens.revokeNow(tokenOf(state, number));
    }),
  ],
  [
    "revoke-lease",
    actionOnSeen({ id: z.string() }, async ({ state }, { id }) => {
      const lease = state.leases.byId(id);
      if (!lease) throw new PageError(404, "The lease does not exist any more");
      await state.leases.delete(lease, { isForced: false });
      if (state.leases.byId(id)) throw new PageError(409, `${lease.status}: ${lease.statusDetails}`);
    }),
  ],
  [
    "advance-clock",
    action({ by: duration() }, ({ state: { clock } }, { by }) => {
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
    if (error) throw new PageError(400, described(error.issues, "body"));
    return run(subject, data);
  };
}

const checkGeneration = action({ generation: z.number() }, (subject, seen) => {
  if (subject.generation === seen.generation) return;
  throw new PageError(409, "The server was reset since; what the page showed is gone");
});

/** An action on something that the page has seen. Since a reset, its number or its id can be that of something else. */
function actionOnSeen<Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (subject: PageSubject, body: z.output<z.ZodObject<Shape>>) => unknown,
): Action {
  const act = action(shape, run);
  return async (subject, { generation, ...body }) => {
    await checkGeneration(subject, { generation });
    return act(subject, body);
  };
}

function tokenOf({ accessTokens }: ServerState, number: number): string {
  const [accessToken] = accessTokens.all()[number - 1] ?? [];
  if (accessToken === undefined) throw new PageError(404, "The access token does not exist any more");
  return accessToken;
}
