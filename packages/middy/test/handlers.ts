import middy from "@middy/core";
import { getInternal } from "@middy/util";
import middy5 from "middy-core-5";
import { getInternal as getInternal5 } from "middy-util-5";
import type { InfisicalMiddleware } from "../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tests use what any middleware sets
type Any = any;

/** What a handler saw of a call. */
export interface Seen {
  readonly context: Readonly<Record<string, unknown>>;
  /** What `getInternal` gives for these names. */
  readonly internal: Readonly<Record<string, unknown>>;
}

/** The two lines of middy, each with a function that makes a handler of middlewares. */
export const versions = [
  { name: "middy 6", handlerOf: handlersBy(middy, getInternal) },
  { name: "middy 5", handlerOf: handlersBy(middy5, getInternal5) },
] as const;

/** Makes a handler with middy 6. */
export const { handlerOf } = versions[0];

function handlersBy(create: Any, resolve: Any) {
  return (
    middlewares: InfisicalMiddleware<Any, Any> | InfisicalMiddleware<Any, Any>[],
    names: readonly string[] = [],
  ) => {
    let internal = {};
    const handler = create()
      .use(middlewares)
      .before(async (request: Any) => {
        internal = await resolve([...names], request);
      })
      .handler(async (_event: unknown, context: object) => ({ context: { ...context }, internal }));
    return (): Promise<Seen> => handler({}, { getRemainingTimeInMillis: () => 1_000 });
  };
}
