import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { hasRedis, openRedis } from "./redis-store.ts";
import { encryptionKey, startShared } from "./start-shared.ts";

const isThereRedis = await hasRedis();
const minute = 60_000;
const begin = Date.UTC(2031, 0);

/** Starts processes that share a store in Redis. */
async function startProcesses(options = {}) {
  const { server, siteUrl, location, sent } = await startShared();
  const folder = await mkdtemp(join(tmpdir(), "cache-processes-"));
  const namespace = `test-${randomUUID()}`;
  const { close } = openRedis(namespace);
  const children: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of children) child.kill();
    await close();
    await rm(folder, { recursive: true });
  });
  const outfile = join(folder, "process.cjs");
  const entry = fileURLToPath(new URL("process.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  const { clientId, clientSecret } = server.identities[0] ?? {};
  const shared = {
    siteUrl,
    location,
    namespace,
    encryptionKey,
    storeTimeout: "10s",
    ttl: minute,
    ...options,
  };
  const given = JSON.stringify({ ...shared, credentials: { clientId, clientSecret } });
  /** Starts a process, and returns what reads A in it at some time. */
  const add = async () => {
    const child = fork(outfile, [given]);
    children.push(child);
    await once(child, "message");
    return async (time: number): Promise<unknown> => {
      const answer = once(child, "message");
      child.send(begin + time);
      return (await answer)[0];
    };
  };
  return { server, sent, add };
}

test.runIf(isThereRedis)(
  "eight processes that share a store send at most two reads per ttl between them",
  async () => {
    const { sent, add } = await startProcesses();
    const processes = await Promise.all(Array.from({ length: 8 }, add));
    /** The processes read one after the other in each second, as they would at times of their own. */
    const readAll = async (time: number): Promise<void> => {
      for (const [index, read] of processes.entries()) await read(time + index * 100);
    };
    await readAll(0);
    for (let round = 0; round < 5; round += 1) {
      const before = sent();
      for (let second = 1; second <= 60; second += 1) await readAll(round * minute + second * 1000);
      expect(sent() - before).toBeGreaterThanOrEqual(1);
      expect(sent() - before).toBeLessThanOrEqual(2);
    }
    expect(sent()).toBeLessThanOrEqual(10);
  },
  120_000,
);

test.runIf(isThereRedis)(
  "a process that starts during an outage serves from the store, until it is over",
  async () => {
    const { server, add } = await startProcesses({ staleIfError: "1h" });
    const first = await add();
    expect(await first(0)).toBe("value-1");
    const second = await add();
    await expect.poll(() => second(1)).toBe("value-1");
    await server.close();
    const third = await add();
    expect(await third(30 * minute)).toBe("value-1");
    expect(await (await add())(62 * minute)).toBe("UNREACHABLE");
  },
);
