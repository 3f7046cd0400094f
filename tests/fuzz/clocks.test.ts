import { cache, createClient, dynamicSecrets, secrets, universalAuth } from "@infisical/sdk";
import fc from "fast-check";
import { expect, test } from "vitest";
import { JumpingClock } from "./jumping-clock.ts";
import { Leftovers } from "./leftovers.ts";
import { CallersError } from "./odd.ts";
import { hold, testTimeout } from "./settings.ts";
import { outcomeOf } from "./verdict.ts";
import { createWorld } from "./world.ts";

const times = fc.oneof(
  fc.constantFrom(
    150_000,
    200_000,
    0,
    1,
    999,
    60_000,
    3_600_000,
    86_400_000,
    2 ** 31,
    3e12,
    -1,
    -60_000,
    -3_600_000,
    -86_400_000,
  ),
  fc.integer({ min: -1e9, max: 1e9 }),
);
const step = fc.oneof(
  fc.record({ kind: fc.constant("jump" as const), wall: times, monotonic: times }),
  fc.record({
    kind: fc.constantFrom(
      "read",
      "read in an outage",
      "write",
      "login",
      "renew",
      "lease",
      "lease in an outage",
      "outage",
      "revoke",
    ),
  }),
);

/** A callback that nobody waits for. */
const rejecting = async (): Promise<void> => {
  throw new CallersError("rejected by a callback");
};

test("whatever the clocks do, calls end, logins are few, and leases are revoked", {
  timeout: testTimeout,
}, async () => {
  const leftovers = new Leftovers();
  leftovers.begin();
  const world = await createWorld();
  const { server } = world;
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    server.reset();
    const clock = new JumpingClock();
    let isOut = false;
    world.watch.take();
    const client = createClient({
      auth: universalAuth(server.credentials()),
      plugins: [secrets(), dynamicSecrets()],
      middleware: [
        cache({
          ttl: "1m",
          staleWhileRevalidate: "1m",
          staleIfError: "1d",
          clock,
          onStaleIfError: rejecting,
        }),
      ],
      transport: async (request) => {
        if (isOut) return { status: 503, headers: {}, body: "" };
        return world.watch.transport(request);
      },
      clock,
      retry: { limit: 2, baseDelay: 1000 },
    });
    const place = { projectId: server.projectId(), environment: "dev" };
    const leases = { projectSlug: "fuzz", environmentSlug: "dev", dynamicSecretName: "cache", ttl: "1m" };
    // As long as the lease lasts, or a few renewals.
    const work = async ({ signal }: { readonly signal: AbortSignal }): Promise<void> => {
      for (let turns = 0; turns < 20 && !signal.aborted; turns += 1) await clock.sleep(5000);
    };
    const read = () => client.secrets().getSecret({ ...place, secretName: "FUZZ_A" });
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      read,
      "read in an outage": async () => {
        await read();
        clock.jump(150_000, 150_000);
        isOut = true;
        return read().finally(() => {
          isOut = false;
        });
      },
      write: () => client.secrets().updateSecret("FUZZ_A", { ...place, secretValue: "fuzz-value-n" }),
      login: () => client.auth().login(),
      renew: () => client.auth().renew(),
      revoke: () => client.auth().revoke(),
      lease: () => client.dynamicSecrets().leases.use(leases, work),
      "lease in an outage": () =>
        client.dynamicSecrets().leases.use({ ...leases, onRevokeFailed: rejecting }, async (lease) => {
          isOut = true;
          await work(lease);
        }),
    };
    await leftovers.during(async () => {
      for (const each of steps) {
        if (each.kind === "jump") clock.jump(each.wall, each.monotonic);
        else if (each.kind === "outage") isOut = !isOut;
        else await outcomeOf(each.kind, true, calls[each.kind] as () => Promise<unknown>);
      }
    });
    const paths = world.watch.take().map(({ method, url }) => `${method} ${new URL(url).pathname}`);
    const logins = paths.filter((path) => /\/(?:login|renew)$/.test(path) && !path.includes("leases"));
    // One for each call, and one for a token that seemed to be over.
    if (logins.length > 2 * steps.length + 1)
      throw new Error(`${logins.length} logins in ${steps.length} steps`);
    if (paths.length > 60 * steps.length)
      throw new Error(`${paths.length} requests in ${steps.length} steps`);
    const taken = paths.filter((path) => path === "POST /api/v1/dynamic-secrets/leases").length;
    const left = server.leases.list().length;
    const isExcused = steps.some(({ kind }) => kind.endsWith("outage"));
    if (left > 0 && !isExcused) throw new Error(`${left} of ${taken} leases were not revoked`);
  });
  await hold("clocks", property, { share: 0.15, runs: 150 });
  expect(server.requests.length).toBeGreaterThan(0);
  await leftovers.end();
});
