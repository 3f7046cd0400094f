import { getEventListeners } from "node:events";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type KnownMethod, learnMethods } from "./known-methods.ts";
import { Leftovers } from "./leftovers.ts";
import { accidentOf } from "./request-watch.ts";
import { hold, testTimeout } from "./settings.ts";
import { spoil, spoilt } from "./spoil.ts";
import { outcomeOf } from "./verdict.ts";
import { createWorld } from "./world.ts";

/** Every name that a right call of any method puts into a query; with `strict` a method also asks other routes. */
let queryNames: ReadonlySet<string> = new Set();
let known: readonly KnownMethod[] = [];

beforeAll(async () => {
  const methods = await learnMethods();
  queryNames = new Set(methods.flatMap((method) => [...method.queryNames]));
  known = methods.map((method) => ({ ...method, args: withSignal(method.args) }));
}, testTimeout);

/** One signal for all calls: none may leave a listener on it. */
const { signal } = new AbortController();

function withSignal(args: readonly unknown[]): readonly unknown[] {
  return args.map((arg) => (Object.hasOwn(Object(arg), "timeout") ? { ...Object(arg), signal } : arg));
}

const adviceOnFailures =
  "Add the route to packages/test-server/src/resources, or a value that it accepts to tests/fuzz/right-values.ts.";

const leftovers = new Leftovers();
beforeEach(() => leftovers.begin());
afterEach(() => leftovers.end());

test("right arguments for every public method are known", () => {
  expect(known.length).toBeGreaterThan(60);
  // Servers show versions to users, and the client here is a machine identity.
  const forUsers = "secrets().listSecretVersions";
  const failing = known.filter(({ name, succeeds }) => !succeeds && name !== forUsers);
  const problems = failing.map(({ name, problem }) => `${name} fails with all right values: ${problem}`);
  if (problems.length > 0) throw new Error(`${problems.join("\n")}\n${adviceOnFailures}`);
});

test("a method that is called with anything refuses it by name, or sends a right request", {
  timeout: testTimeout,
}, async () => {
  const world = await createWorld();
  const property = fc.asyncProperty(fc.nat(10_000), spoil, async (index, how) => {
    const method = known[index % known.length] as KnownMethod;
    const args = spoilt(method.args, how);
    world.watch.take();
    const client = world.client();
    await leftovers.during(() => outcomeOf(method.name, method.isAsync, () => method.call(client, args)));
    for (const request of world.watch.take()) {
      if (new URL(request.url).pathname.endsWith("/login")) continue;
      const accident = method.name === "request" ? undefined : accidentOf(request, args);
      if (accident !== undefined) throw new Error(`${method.name}: ${accident}`);
      const unknown = [...new URL(request.url).searchParams.keys()].filter((name) => !queryNames.has(name));
      if (method.name !== "request" && unknown.length > 0)
        throw new Error(`${method.name} sent unknown fields in the URL: ${unknown.join()}`);
    }
  });
  await hold("methods", property, { share: 0.35, runs: 1500 });
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
