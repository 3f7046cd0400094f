import { expect, onTestFinished, test } from "vitest";
import { failureOf, start } from "#test-kit";
import type { ClientEvent } from "../src/index.ts";

test("only the fields that name a place are told, whatever all objects have", async () => {
  const events: ClientEvent[] = [];
  const { server, client } = await start({
    onEvent: (event) => void events.push(event),
    namesInEvents: true,
  });
  server.fail(
    { method: "POST", path: "/api/status" },
    { status: 404, body: { error: "NotFound", message: "No" } },
  );
  Object.defineProperty(Object.prototype, "token", { value: "token", configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(Object.prototype, "token"));
  const body = { token: "a-value", constructor: "a-value", environment: "dev" };
  const error = await failureOf(client.request({ method: "POST", path: "/api/status", body }));
  expect(error.message).toContain('No (asked for: environment "dev")');
  expect(JSON.stringify(events)).not.toContain("a-value");
});

test("a field that cannot be read is an invalid option, with names in events as well", async () => {
  const { client } = await start({ onEvent: () => undefined, namesInEvents: true });
  const query = {
    get environment(): string {
      throw new Error("unreadable");
    },
  };
  const error = await failureOf(client.request({ method: "GET", path: "/api/status", query }));
  expect(error).toMatchObject({ code: "INVALID_OPTION" });
});
