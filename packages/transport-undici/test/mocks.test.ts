import { MockAgent } from "undici";
import { expect, test } from "vitest";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send, token } from "./exchange.ts";

const origin = "https://infisical.internal";

function start() {
  const mocks = new MockAgent();
  mocks.disableNetConnect();
  return { mocks: mocks.get(origin), transport: undiciTransport({ dispatcher: mocks }) };
}

test("a mock's response is like any other", async () => {
  const { mocks, transport } = start();
  const headers = { "x-request-id": "1", "x-twice": ["a", "b"] };
  mocks.intercept({ path: "/api/status?all=1" }).reply(404, { message: "ü" }, { headers });
  const response = await send(transport, `${origin}/api/status?all=1`);
  expect(response).toEqual({
    status: 404,
    headers: { "x-request-id": "1", "x-twice": "a, b" },
    body: '{"message":"ü"}',
  });
});

test.each(["POST", "DELETE"])("a mock can match the body of a %s", async (method) => {
  const { mocks, transport } = start();
  mocks.intercept({ path: "/", method, body: '{"a":1}' }).reply(200, "found");
  expect((await send(transport, origin, { method, body: '{"a":1}' })).body).toBe("found");
});

test("a request that no mock matches is not sent, and the error does not show it", async () => {
  const { mocks, transport } = start();
  for (const condition of [{ headers: { authorization: "other" } }, { body: "other" }]) {
    mocks.intercept({ path: "/", method: "POST", ...condition }).reply(200);
    const { code, sent } = await failureOf(send(transport, origin, { method: "POST", body: token }));
    expect({ code, sent }).toEqual({ code: "UND_MOCK_ERR_MOCK_NOT_MATCHED", sent: false });
  }
});

test("a mock that fails is a failure before anything was sent, without the text of its error", async () => {
  const { mocks, transport } = start();
  mocks.intercept({ path: "/" }).replyWithError(new Error(token));
  const { message, sent } = await failureOf(send(transport, origin));
  expect({ message, sent }).toEqual({ message: "The exchange failed.", sent: false });
});
