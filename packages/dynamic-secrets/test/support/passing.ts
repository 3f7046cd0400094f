import type { TestServer } from "@infisical/test-server";
import { expect } from "vitest";
import { pendingOf, stepsOf } from "./start.ts";

/** Resolves when the server has answered this many requests of a kind. */
export async function answered(server: TestServer, step: string, times = 1): Promise<void> {
  await expect.poll(() => stepsOf(server).filter((each) => each === step).length).toBe(times);
  await expect.poll(() => server.requests.every(({ status }) => status !== undefined)).toBe(true);
  await arrived(server);
}

/** Resolves when the client has every response that it waits for, and has done what it does with them. */
export async function arrived(server: TestServer): Promise<void> {
  await expect.poll(() => pendingOf(server)).toBe(0);
  await new Promise((resolve) => setImmediate(resolve));
}

/** Advances the clock until a signal aborts; resolves to the time and the reason. */
export async function aborted(
  server: TestServer,
  signal: AbortSignal,
  limit: number,
): Promise<{ at: number; reason: Error }> {
  const start = server.clock.now();
  while (!signal.aborted && server.clock.now() - start < limit) {
    server.clock.advance(500);
    await quiet(server);
  }
  return { at: server.clock.now(), reason: signal.reason as Error };
}

/** Resolves when no request is in flight, so that a slow machine does not look like a slow server; ignores stalls. */
async function quiet(server: TestServer): Promise<void> {
  for (let rounds = 0; rounds < 6; rounds += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const isAnswered = server.requests.every(({ status }) => status !== undefined);
    if (isAnswered && pendingOf(server) === 0) return;
  }
}
