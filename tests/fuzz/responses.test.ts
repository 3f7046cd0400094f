import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type KnownMethod, learnMethods } from "./known-methods.ts";
import { Leftovers } from "./leftovers.ts";
import { mutated, mutation } from "./mutation.ts";
import { hold, testTimeout } from "./settings.ts";
import { differenceOf } from "./shape.ts";
import { outcomeOf } from "./verdict.ts";
import { createWorld } from "./world.ts";

let known: readonly KnownMethod[] = [];
beforeAll(async () => {
  known = (await learnMethods()).filter(({ isAsync }) => isAsync);
}, testTimeout);

/** What a call must not say where a whole response has arrived. */
const lost = ["CONNECTION_LOST", "UNREACHABLE"];

const leftovers = new Leftovers();
beforeEach(() => leftovers.begin());
afterEach(() => leftovers.end());

test("a call whose responses are changed resolves to what is documented, or fails with an error of ours", {
  timeout: testTimeout,
}, async () => {
  const { client } = await createWorld();
  const variables = new Set(Object.keys(process.env));
  const property = fc.asyncProperty(
    fc.nat(10_000),
    fc.nat(10),
    fc.array(mutation, { minLength: 1, maxLength: 2 }),
    async (index, which, changes) => {
      const method = known[index % known.length] as KnownMethod;
      const { name } = method;
      // The last response is the call's own; those before it are of the login.
      const at = Math.max(0, method.responseCount - 1 - (which % 3));
      const transport = method.replay((response, each) =>
        each >= at ? changes.reduce(mutated, response) : response,
      );
      await leftovers.during(async () => {
        const outcome = await outcomeOf(name, true, () =>
          method.call(client({ transport, retry: false }), method.args),
        );
        if ("error" in outcome && lost.includes(String(Object(outcome.error).code)))
          throw new Error(`${name} takes a response for none`, { cause: outcome.error });
        if (!("value" in outcome) || /login|renew|^request$|^close$/.test(name)) return;
        // A list that has not changed has no secrets.
        if (Object(outcome.value).notModified === true) return;
        const difference = differenceOf(method.value, outcome.value);
        if (difference !== undefined) throw new Error(`${name}: ${difference}`);
      });
      const set = Object.entries(process.env).filter(([variable]) => !variables.has(variable));
      for (const [variable] of set) delete process.env[variable];
      const isMeant = changes.some((change) => /undefined|\[object/.test(JSON.stringify(change)));
      for (const [variable, value = ""] of set) {
        const isOdd =
          /^FUZZED_(?:undefined|\[object)/.test(variable) || /^(?:undefined|\[object)/.test(value);
        if (!variable.startsWith("FUZZED_") || (isOdd && !isMeant))
          throw new Error(`${name} set ${variable} to ${value}`);
      }
    },
  );
  await hold("responses", property, { share: 0.25, runs: 700 });
  expect(known.length).toBeGreaterThan(60);
});
