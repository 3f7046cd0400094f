import { afterEach, expect, test, vi } from "vitest";
import { sentOnce } from "../src/http/sent-once.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a body is sent as it is where the platform sends nothing twice by itself", () => {
  expect(sentOnce("POST", "{}")).toEqual({ body: "{}" });
  expect(sentOnce("DELETE", undefined)).toEqual({});
});

test("on Deno, a write's body can be read only once, even if it has none", async () => {
  vi.stubGlobal("Deno", {});
  for (const [method, body] of [
    ["POST", "{}"],
    ["DELETE", undefined],
  ] as const) {
    const sent = sentOnce(method, body).body;
    expect(sent).toBeInstanceOf(Blob);
    expect(await (sent as Blob).text()).toBe(body ?? "");
  }
  expect(sentOnce("GET", undefined)).toEqual({});
});

test("on Bun, a DELETE has a connection of its own", () => {
  vi.stubGlobal("Bun", {});
  expect(sentOnce("DELETE", "{}")).toEqual({ body: "{}", keepalive: false });
  expect(sentOnce("POST", "{}")).toEqual({ body: "{}" });
  expect(sentOnce("GET", undefined)).toEqual({});
});
