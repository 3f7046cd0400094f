import type { TestServer } from "@infisical/test-server";
import { expect } from "vitest";
import { stepsOf } from "./start.ts";

/** A promise that a test keeps when it wants to. */
export function open<Value = void>() {
  let settle: { resolve: (value: Value) => void; reject: (reason: unknown) => void } | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    promise,
    resolve: (value: Value) => settle?.resolve(value),
    reject: (e: unknown) => settle?.reject(e),
  };
}

/** Resolves when the server has answered so many requests of that kind. */
export async function answered(server: TestServer, step: string, times = 1): Promise<void> {
  await expect.poll(() => stepsOf(server).filter((each) => each === step).length).toBe(times);
  await expect.poll(() => server.requests.every(({ status }) => status !== undefined)).toBe(true);
  await arrived();
}

/** Gives what the server has answered the time to arrive. */
export function arrived(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

/** Resolves when a signal has aborted, moving the clock on until then; gives the time and the reason. */
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

/** Resolves when nothing is on its way, so that a slow machine is no slow server; a stalled request is given up. */
async function quiet(server: TestServer): Promise<void> {
  for (let rounds = 0; rounds < 6; rounds += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (server.requests.every(({ status }) => status !== undefined)) return;
  }
}
