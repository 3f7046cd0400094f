import type { Middleware } from "@infisical/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encryptionKey, minute, otherKey, startShared } from "./start-shared.ts";

/** Processes that share nothing; each gets values of its own. */
const owners = [
  { owner: "first", identity: 0, encryptionKey },
  { owner: "second", identity: 1, encryptionKey },
  { owner: "third", identity: 0, encryptionKey: otherKey },
].map(({ owner, ...options }) => ({ owner, options: { ...options, inside: [valuesOf(owner)] } }));

function valuesOf(owner: string): Middleware {
  return async (request, next) => {
    const response = await next(request);
    return {
      ...response,
      body: JSON.parse(JSON.stringify(response.body).replaceAll("in ", `of ${owner} in `)),
    };
  };
}

const environments = ["dev", "staging", "prod"];

/** What the owner of a store can do to its texts. */
type Damage = (texts: string[], at: number, other: number) => string;
const damages: readonly Damage[] = [
  (texts, _, other) => texts[other % texts.length] as string,
  (texts, at) => (texts[0] as string).slice(0, at % (texts[0] as string).length),
  (texts, at, other) => flip(texts[0] as string, at, other),
  (texts, at) => `${(texts[0] as string).slice(0, at % 80)}${(texts[1] as string).slice(at % 80)}`,
  (texts) => `${texts[0]}${texts[1]}`,
  (_, at, other) => String.fromCharCode(other % 0xffff).repeat(at % 1000),
];

function flip(text: string, at: number, bit: number): string {
  const index = at % text.length;
  const changed = String.fromCharCode(text.charCodeAt(index) ^ (1 << (bit % 7)));
  return text.slice(0, index) + changed + text.slice(index + 1);
}

test("whatever is done to what a store contains, every read gets the value of its own secret, or asks for it", async () => {
  const { server, store, join, location } = await startShared();
  for (const environment of environments)
    server.secrets.set({ environment, key: "A", value: `in ${environment}` });
  const read = (process: ReturnType<typeof join>, environment: string) =>
    process.client.secrets().getSecret({ ...location, environment, secretName: "A" });
  for (const { options } of owners) {
    const process = join(options);
    for (const environment of environments) await read(process, environment);
    await expect.poll(() => process.reads.stats().storeWrites).toBe(environments.length);
  }
  const kept = new Map(store.texts);
  const names = [...kept.keys()];
  const step = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(damages.length - 1));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      store.texts.clear();
      for (const [name, text] of kept) store.texts.set(name, text);
      for (const [which, at, other, how] of steps) {
        const name = names[which % names.length] as string;
        const texts = [kept.get(name) as string, ...kept.values()];
        store.texts.set(name, (damages[how] as Damage)(texts, at, other));
      }
      for (const { owner, options } of owners) {
        const process = join({ ...options, storeTimeout: minute });
        for (const environment of environments) {
          expect((await read(process, environment)).secretValue).toBe(`of ${owner} in ${environment}`);
        }
        expect(process.reads.stats().storeFailures).toBe(0);
      }
    }),
    { numRuns: 40 },
  );
});
