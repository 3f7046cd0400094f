import { InfisicalSDKRequestError, type Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { collectGarbage } from "./collect-garbage.ts";
import { startCached } from "./start-cached.ts";

const reads = 20_000;

/** How many bytes these reads leave on the heap. */
async function leftBy(read: (count: number) => Promise<unknown>): Promise<number> {
  await read(0);
  const before = collectGarbage();
  for (let count = 1; count <= reads; count += 1) await read(count);
  return collectGarbage() - before;
}

test("20,000 different reads keep no more than maxEntries responses, and leave no more behind", async () => {
  const answer: Middleware = async ({ path }) => ({
    status: 200,
    headers: {},
    body: { value: `${path} ${"x".repeat(1000)}` },
  });
  const { client, reads: cache } = await startCached({ cache: { maxEntries: 10 }, inside: [answer] });
  const left = await leftBy((count) => client.request({ method: "GET", path: `/api/${count}` }));
  expect(cache.stats()).toMatchObject({ entries: 10, evictions: reads - 9 });
  expect(left).toBeLessThan(2e6);
});

test("20,000 reads that fail leave nothing behind", async () => {
  const refuse: Middleware = async ({ method, path }) => {
    throw new InfisicalSDKRequestError("No such thing.", {
      code: "NOT_FOUND",
      method,
      url: path,
      statusCode: 404,
    });
  };
  const { client, reads: cache } = await startCached({ inside: [refuse] });
  const left = await leftBy((count) =>
    client.request({ method: "GET", path: `/api/${count}` }).catch(() => undefined),
  );
  expect(cache.stats()).toMatchObject({ entries: 0, requests: reads + 1 });
  expect(left).toBeLessThan(2e6);
});
