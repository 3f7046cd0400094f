import nock from "nock";
import { afterAll, afterEach, expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { send, sendWrite } from "./send.ts";

// nock replaces the functions of node:http as it is loaded.
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

test("nock answers instead of the server, more often than there are connections", async () => {
  const replies = nock("https://example.com")
    .get("/a")
    .query({ b: "c" })
    .times(3)
    .reply(200, { mocked: true });
  const transport = nodeTransport({ maxSockets: 1 });
  for (let count = 0; count < 3; count++) {
    expect((await send(transport, "https://example.com/a?b=c")).body).toBe('{"mocked":true}');
  }
  expect(replies.isDone()).toBe(true);
});

test("nock sees the method, the headers and the body", async () => {
  const write = nock("https://example.com", { reqheaders: { authorization: "b" } })
    .post("/a", { c: "d" })
    .reply(201, "", { "x-a": "e" });
  const headers = { authorization: "b", "content-type": "application/json" };
  const request = { method: "POST", headers, body: '{"c":"d"}', idempotent: false };
  expect(await send(nodeTransport(), "https://example.com/a", request)).toMatchObject({
    status: 201,
    headers: { "x-a": "e" },
  });
  expect(write.isDone()).toBe(true);
});

test("nock makes the network fail", async () => {
  const refusal = Object.assign(new Error("no"), { code: "ETIMEDOUT" });
  nock("https://example.com").post("/a").replyWithError(refusal);
  const error = await failureOf(sendWrite(nodeTransport(), "https://example.com/a"));
  expect(error).toMatchObject({ name: "TransportError", code: "ETIMEDOUT" });
});
