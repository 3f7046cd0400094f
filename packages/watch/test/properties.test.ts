import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { createTestServer, type FailureHandle } from "@infisical/test-server";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type SecretsChange, watchSecrets } from "../src/index.ts";
import { MovedClock } from "./moved-clock.ts";

const key = fc.constantFrom("A", "B", "C");
const failure = fc.constantFrom(
  { refuse: true as const },
  { drop: "before" as const },
  { drop: "after" as const },
  { truncate: "body" as const },
  { garbage: true as const },
  { status: 500 },
  { status: 429, headers: { "retry-after": "30" } },
  { status: 403, body: { statusCode: 403, error: "PermissionDenied", message: "no" } },
);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("set"), key, value: fc.constantFrom("1", "2") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove"), key }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("fail"), failure, times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("revoke") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("jump"), by: fc.integer({ min: -1e8, max: 1e8 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pass") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refresh") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("read") }) },
) as fc.Arbitrary<Step>;

type Step = {
  readonly do: "set" | "remove" | "fail" | "revoke" | "jump" | "pass" | "refresh" | "read";
  readonly key?: string;
  readonly value?: string;
  readonly failure?: { readonly status: number };
  readonly times?: number;
  readonly by?: number;
};

/** What somebody knows who has only the changes. A change that does not fit what is known, or is none, is an error. */
class Replay {
  readonly known = new Map<string, string>();
  #isFirst = true;

  readonly take = ({ added, changed, removed, secrets }: SecretsChange): void => {
    if (!this.#isFirst && added.length + changed.length + removed.length === 0) throw new Error("no change");
    this.#isFirst = false;
    for (const { secretKey, secretValue } of added) {
      if (this.known.has(secretKey)) throw new Error(`${secretKey} was added twice`);
      this.known.set(secretKey, secretValue);
    }
    for (const { secretKey, secretValue } of changed) {
      const old = this.known.get(secretKey);
      if (old === undefined || old === secretValue) throw new Error(`${secretKey} has not changed`);
      this.known.set(secretKey, secretValue);
    }
    for (const { secretKey, secretValue } of removed) {
      if (this.known.get(secretKey) !== secretValue) throw new Error(`${secretKey} was not known like this`);
      this.known.delete(secretKey);
    }
    expect(sorted(secrets)).toEqual([...this.known].sort());
  };
}

const sorted = (list: SecretsChange["secrets"]) =>
  list.map((each) => [each.secretKey, each.secretValue]).sort();
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("whatever happens, a watcher ends with the server's state and tells each net change once", async () => {
  let unchanged = 0;
  const run = async (steps: readonly Step[]): Promise<void> => {
    const server = createTestServer();
    const clock = new MovedClock();
    const auth = universalAuth(server.credentials());
    const client = createClient({
      transport: server.transport,
      auth,
      clock,
      retry: false,
      plugins: [secrets()],
    });
    const place = { projectId: server.projectId(), environment: "dev" };
    const watcher = watchSecrets(client, place);
    await watcher.refresh();
    const faults: FailureHandle[] = [];
    const events = new Replay();
    events.take({ added: watcher.secrets ?? [], changed: [], removed: [], secrets: watcher.secrets ?? [] });
    const [eager, slow] = [new Replay(), new Replay()];
    const errors: unknown[] = [];
    watcher.addEventListener("change", (event) => {
      try {
        events.take(event);
      } catch (error) {
        errors.push(error);
      }
    });
    const eagerLoop = (async () => {
      for await (const change of watcher) eager.take(change);
    })().catch((error) => errors.push(error));
    const slowChanges = watcher[Symbol.asyncIterator]();
    let reading: Promise<unknown> | undefined;
    const read = (): void => {
      reading ??= slowChanges
        .next()
        .then(({ value }) => {
          reading = undefined;
          if (value) slow.take(value);
        })
        .catch((error) => errors.push(error));
    };
    /** Longer than any wait: whatever sleeps wakes. */
    const pass = async (): Promise<void> => {
      if (clock.sleeping === 0) await clock.nextSleep();
      const slept = clock.nextSleep();
      clock.advance(2 * 3_600_000);
      await slept;
    };
    const act: Record<Step["do"], (step: Step) => unknown> = {
      set: ({ key = "", value = "" }) => server.secrets.set({ environment: "dev", key, value }),
      remove: ({ key = "" }) => server.secrets.delete({ environment: "dev", key }),
      fail: ({ failure = { status: 500 }, times = 1 }) =>
        faults.push(server.fail({ method: "GET", path: /raw$/, times }, failure)),
      revoke: () => server.tokens.revoke(),
      jump: ({ by = 0 }) => clock.jump(by),
      pass,
      refresh: async () => {
        const refreshed = watcher.refresh().catch(() => undefined);
        // What the server's rate limit makes wait.
        await turn();
        if (clock.sleeping > 0) clock.advance(60_000);
        await refreshed;
      },
      read,
    };
    try {
      for (const each of steps) await act[each.do](each);
      for (const fault of faults) fault.remove();
      await pass();
      await pass();
      read();
      await turn();
      expect(errors).toEqual([]);
      const { secrets: list } = await createClient({
        transport: server.transport,
        auth,
        plugins: [secrets()],
      })
        .secrets()
        .listSecrets(place);
      for (const { known } of [events, eager, slow]) expect([...known].sort()).toEqual(sorted(list));
      expect(sorted(watcher.secrets ?? [])).toEqual(sorted(list));
      expect([watcher.staleSince, watcher.ended]).toEqual([undefined, false]);
      unchanged += server.requests.filter(({ status }) => status === 304).length;
    } finally {
      watcher.close();
      await eagerLoop;
      await reading;
    }
    expect([errors, clock.sleeping]).toEqual([[], 0]);
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), run), { seed: 20261126, numRuns: 150 });
  expect(unchanged).toBeGreaterThan(100);
});
