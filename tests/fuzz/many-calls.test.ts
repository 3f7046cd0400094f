import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isInfisicalError } from "@infisical/sdk";
import { expect, test } from "vitest";
import { type KnownMethod, learnMethods } from "./known-methods.ts";
import { Leftovers } from "./leftovers.ts";
import { isLong, testTimeout } from "./settings.ts";
import { createWorld } from "./world.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

test("100,000 calls leave nothing behind", { timeout: testTimeout }, async ({ skip }) => {
  if (!isLong) {
    process.stdout.write(
      "100,000 calls leave nothing behind: skipped, since it takes minutes (npm run fuzz)\n",
    );
    skip();
  }
  const leftovers = new Leftovers();
  leftovers.begin();
  const known = (await learnMethods()).filter(
    ({ isAsync, name }) => isAsync && !/^(?:close|auth)/.test(name),
  );
  const { client } = await createWorld();
  const { signal } = new AbortController();
  // Each method has its own client, which stays: what a client gathers would show.
  const clients = known.map((method) =>
    client({
      retry: false,
      transport: method.replay((response, index) =>
        // Every tenth call fails, one way or another.
        index % 10 === 9
          ? { status: [403, 404, 500][index % 3] as number, headers: {}, body: "{}" }
          : response,
      ),
    }),
  );
  const heaps: number[] = [];
  for (let call = 1; call <= 100_000; call += 1) {
    const { args, name, call: make } = known[call % known.length] as KnownMethod;
    const given = args.map((arg) =>
      Object.hasOwn(Object(arg), "timeout") ? { ...Object(arg), signal } : arg,
    );
    await Promise.resolve(make(clients[call % known.length] as never, given)).catch((error: unknown) => {
      if (!isInfisicalError(error)) throw new Error(name, { cause: error });
    });
    if (call % 20_000 === 0) {
      collect();
      heaps.push(process.memoryUsage().heapUsed);
    }
  }
  console.log(`heaps: ${heaps.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(" ")} MiB`);
  const [, second = 0] = heaps;
  expect(heaps.at(-1)).toBeLessThan(second * 1.1);
  await leftovers.end();
});
