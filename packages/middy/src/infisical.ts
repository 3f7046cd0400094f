import { contextOf, optionError, readOption, systemClock } from "@infisical/core/authoring";
import type { FetchData, FetchedValues, ParsedSource } from "./fetch-data.ts";
import type { InfisicalMiddleware, LambdaContext } from "./middleware.ts";
import { type InfisicalMiddlewareOptions, parseMiddlewareOptions } from "./options.ts";
import { type ReadValue, readSources, wantedOf } from "./read-sources.ts";
import { cacheOf } from "./value-cache.ts";

/**
 * Creates a middleware for middy that fetches secrets, during the cold start, and keeps them for later calls.
 *
 * `request.internal` has a promise of each value, as middy's `getInternal` takes it; with `setToContext`, the handler's
 * `context` has the values. Nothing runs between calls: a value that is too old is fetched by the next call, which waits for
 * it, as do all calls meanwhile. What fails is not kept, so the next call tries again.
 *
 * @param options - What to fetch, through what, and how long to keep it; see {@link InfisicalMiddlewareOptions}.
 * @returns The middleware, a plain object, for middy's `use`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule. The handler's calls fail with `NOT_FOUND` for a
 * secret that does not exist, `FORBIDDEN` for one whose value is hidden, `INVALID_OPTION` if `parse` throws, and with what
 * reading throws.
 *
 * @example
 * import { infisical } from "@infisical/middy";
 * const middleware = infisical({
 *   client,
 *   projectId,
 *   environment: "dev",
 *   fetchData: { apiKey: "API_KEY", limits: { secretName: "LIMITS", parse: JSON.parse } },
 *   cacheExpiry: "15m",
 *   setToContext: true,
 * });
 */
export function infisical<const Data extends FetchData, ToContext extends boolean = false>(
  options: InfisicalMiddlewareOptions<Data, ToContext>,
): InfisicalMiddleware<
  ToContext extends true ? LambdaContext & FetchedValues<Data> : LambdaContext,
  { [Name in keyof Data]: Promise<FetchedValues<Data>[Name]> }
> {
  const { client, fetchData, cacheKey, lifetime, ...parsed } = parseMiddlewareOptions(options);
  const clock = readOption("client", () => contextOf(client))?.clock ?? systemClock;
  const cache = cacheOf(client, cacheKey);
  const names = [...fetchData.keys()];
  const sources = [...fetchData.values()];
  const wanted = sources.map(({ parse: _, ...place }) => {
    const { projectId, environment, secretPath } = parsed;
    return wantedOf({ projectId, environment, secretPath, secretName: undefined, ...place }, parsed);
  });
  const parsers = sources.map((source, index) => parserOf(`fetchData.${names[index]}`, source));
  const obtain = (): readonly Promise<unknown>[] => {
    const values = cache.obtain(wanted, {
      lifetime,
      now: () => clock.now(),
      read: (missing) => readSources(client, missing, parsed),
    });
    return values.map((value, index) => parsers[index]?.(value) ?? value);
  };
  if (!parsed.disablePrefetch && lifetime > 0) obtain();
  return {
    before: async ({ internal, context }) => {
      const values = obtain();
      Object.assign(internal, Object.fromEntries(names.map((name, index) => [name, values[index]])));
      if (!parsed.setToContext) return;
      const arrived = await Promise.all(values);
      Object.assign(context, Object.fromEntries(names.map((name, index) => [name, arrived[index]])));
    },
  };
}

/** Makes of each text a value, once; the promise is not reported as an unhandled rejection. */
function parserOf(option: string, { parse }: ParsedSource) {
  const made = new WeakMap<Promise<ReadValue>, Promise<unknown>>();
  return (value: Promise<ReadValue>): Promise<unknown> => {
    if (!parse) return value;
    const known = made.get(value);
    if (known) return known;
    const parsed = value.then(async (text) => {
      try {
        return await parse(text as string);
      } catch {
        // What it threw often quotes the text.
        throw optionError(`${option}.parse`, "must not throw; it did for the secret's value");
      }
    });
    parsed.catch(() => undefined);
    made.set(value, parsed);
    return parsed;
  };
}
