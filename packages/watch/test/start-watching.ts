import { secrets } from "@infisical/secrets";
import type { ProjectSeed } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { start } from "#test-kit";
import {
  type SecretsChange,
  type SecretsWatcher,
  type WatchSecretsOptions,
  watchSecrets,
} from "../src/index.ts";
import { MovedClock } from "./moved-clock.ts";

const list = /^\/api\/v3\/secrets\/raw$/;

/** A server with the secret A, a client without retries whose clock a test moves, and what watches its secrets. */
export async function startWatching(project: Partial<ProjectSeed> = {}) {
  const clock = new MovedClock();
  const started = await start({
    server: {
      projects: [
        {
          name: "Shop",
          slug: "shop",
          environments: [{ name: "dev", slug: "dev" }],
          secrets: { dev: { "/": { A: "1" } } },
          ...project,
        },
      ],
      identities: ["first", "second"].map((name) => ({
        name,
        organizationRole: "admin",
        projectRoles: { shop: "admin" },
        universalAuth: { lockout: false },
      })),
    },
    clock,
    retry: false,
    plugins: [secrets()],
  });
  const { server, client, location } = started;
  const watch = (options: Partial<WatchSecretsOptions> = {}): SecretsWatcher => {
    const watcher = watchSecrets(client, { ...location, ...options });
    onTestFinished(() => watcher.close());
    return watcher;
  };
  /** Lets time pass until the watcher has polled and waits again. */
  const pass = async (milliseconds = 60_000): Promise<void> => {
    if (clock.sleeping === 0) await clock.nextSleep();
    const slept = clock.nextSleep();
    clock.advance(milliseconds);
    await slept;
  };
  const set = (key: string, value: string): void => {
    server.secrets.set({ environment: "dev", key, value });
  };
  const remove = (key: string): void => {
    server.secrets.delete({ environment: "dev", key });
  };
  const fail = (count: number, failure: Parameters<typeof server.fail>[1]) =>
    server.fail({ method: "GET", path: list, times: count }, failure);
  /** The statuses of all polls so far. */
  const polls = (): (number | undefined)[] =>
    server.requests.filter(({ path }) => list.test(path)).map(({ status }) => status);
  return { ...started, clock, watch, pass, set, remove, fail, polls };
}

/** What a change says, in short: `+A=1 ~B=2 -C`. */
export function short({
  added,
  changed,
  removed,
}: Pick<SecretsChange, "added" | "changed" | "removed">): string {
  return [
    ...added.map(({ secretKey, secretValue }) => `+${secretKey}=${secretValue}`),
    ...changed.map(({ secretKey, secretValue }) => `~${secretKey}=${secretValue}`),
    ...removed.map(({ secretKey }) => `-${secretKey}`),
  ].join(" ");
}
