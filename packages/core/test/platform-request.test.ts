import {
  explainLogin,
  platformRefusal,
  readPlatformResponse,
  requestFromPlatform,
} from "@infisical/core/logins";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, jumpingClock, printed, startAnswering } from "#test-kit";
import { nodeTransport } from "../src/node.ts";

const platform = "The metadata server";

test("a request is sent once, and its response returned whatever its status", async () => {
  const { siteUrl, requests } = await startAnswering(() => ({ status: 503, body: "busy" }));
  const request = { platform, method: "GET", url: `${siteUrl}/token`, limit: 2000 };
  const { status, body } = await requestFromPlatform(request, { transport: nodeTransport() });
  expect([status, body, requests]).toEqual([503, "busy", ["GET /token"]]);
});

test("retryAfter decides by status and number of attempts; undefined stands for no response", async () => {
  const asked: unknown[] = [];
  const retryAfter = (status: number | undefined, earlier: number) => {
    asked.push([status, earlier]);
    return [100, 200][earlier];
  };
  const clock = jumpingClock();
  const request = {
    platform,
    method: "GET",
    url: "http://127.0.0.1:1",
    limit: 2000,
    retryAfter,
    silence: "Is it on?",
  };
  const error = await failureOf(requestFromPlatform(request, { transport: nodeTransport(), clock }));
  expect(error).toMatchObject({
    code: "UNREACHABLE",
    message: "The metadata server cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Is it on?",
  });
  expect(asked).toEqual([
    [undefined, 0],
    [undefined, 1],
    [undefined, 2],
  ]);
  expect(clock.waits).toEqual([100, 200]);
});

test("an attempt that takes too long is a TIMEOUT", async () => {
  const { siteUrl } = await startAnswering(() => "silence");
  const request = { platform, method: "GET", url: siteUrl, limit: 20 };
  const error = await failureOf(requestFromPlatform(request, { transport: nodeTransport() }));
  expect(error).toMatchObject({ code: "TIMEOUT", message: "The metadata server took longer than 20 ms." });
});

test("a transport that throws instead of rejecting leaves no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const transport = () => {
    throw Object.assign(new Error(), { message: undefined });
  };
  const request = { platform, method: "GET", url: "http://127.0.0.1:1", limit: 3000 };
  expect(await failureOf(requestFromPlatform(request, { transport }))).toMatchObject({
    code: "UNREACHABLE",
    message: "The metadata server cannot be reached: no reason given.",
  });
  expect(vi.getTimerCount()).toBe(0);
});

test("a long refusal that only looks like tokens is redacted in linear time", () => {
  const { message } = platformRefusal({ platform }, { status: 403, body: "eyJ-".repeat(100_000) }, "");
  expect(message).toBe("The metadata server refused with status 403: [redacted].");
}, 10_000);

test("the signal ends a request with its own reason, without another attempt", async () => {
  const abort = new AbortController();
  const reason = new Error("not wanted");
  const { siteUrl, requests } = await startAnswering((_, count) => {
    if (count === 1) return { status: 404 };
    abort.abort(reason);
    return "silence";
  });
  const request = { platform, method: "GET", url: siteUrl, limit: 5000, retryAfter: () => 1 };
  const context = { transport: nodeTransport(), signal: abort.signal, clock: jumpingClock() };
  expect(await failureOf(requestFromPlatform(request, context))).toBe(reason);
  expect(requests).toHaveLength(2);
});

test("the signal ends a wait with its own reason, without another attempt", async () => {
  const { siteUrl, requests } = await startAnswering(() => ({ status: 404 }));
  const abort = new AbortController();
  const reason = new Error("not wanted");
  const sleep = (_milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
      abort.abort(reason);
    });
  const request = { platform, method: "GET", url: siteUrl, limit: 5000, retryAfter: () => 1 };
  const context = { transport: nodeTransport(), signal: abort.signal, clock: { now: Date.now, sleep } };
  expect(await failureOf(requestFromPlatform(request, context))).toBe(reason);
  expect(requests).toHaveLength(1);
});

test.each<[number, string, string, string]>([
  [403, "Forbidden\nTrace: 1", "AUTH_FAILED", ": Forbidden. Check it."],
  [
    400,
    '{ "error": "x", "error_description": "No such client." }',
    "AUTH_FAILED",
    ": No such client. Check it.",
  ],
  [
    400,
    '{ "error": { "message": "Denied for hunter2" } }',
    "AUTH_FAILED",
    ": Denied for [redacted]. Check it.",
  ],
  [400, `refused ${"a".repeat(70)}`, "AUTH_FAILED", ": refused [redacted]. Check it."],
  [500, "<html>", "SERVER_ERROR", ". That usually passes."],
  [429, "", "RATE_LIMITED", ". That usually passes."],
])("status %i with %j is an error", (status, body, code, text) => {
  const read = () =>
    readPlatformResponse({ platform, credentials: ["hunter2"] }, { status, body }, "Check it.");
  expect(read).toThrow(
    expect.objectContaining({ code, message: `The metadata server refused with status ${status}${text}` }),
  );
});

test.each(['{ "token": 7, "other": "hunter2" }', "hunter2", '{ "token": " " }', "null"])(
  "a response without the text (%j) is refused, and not repeated",
  async (body) => {
    const read = async () => readPlatformResponse({ platform }, { status: 200, body }, "", "token");
    const error = await failureOf(read());
    expect(error.message).toBe("The metadata server returned no token.");
    expect(printed(error)).not.toContain("hunter2");
  },
);

test("only a 500 of the server itself can be a refused proof", () => {
  const explain = explainLogin({ method: "Acme Auth", refusals: [], failure: "Is it signed?" });
  const error = (statusCode: number, code: string) =>
    ({ statusCode, code, text: "", label: undefined }) as never;
  expect(explain(error(500, "SERVER_ERROR"), {})).toEqual({ advice: "Is it signed?", code: "AUTH_FAILED" });
  for (const other of [error(500, "GATEWAY_ERROR"), error(502, "SERVER_ERROR"), error(503, "SERVER_ERROR")]) {
    expect(explain(other, {})).toBeUndefined();
  }
});
