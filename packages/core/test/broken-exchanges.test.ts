import { expect, test } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import { createClient, type Transport, TransportError } from "../src/index.ts";

const read = { method: "GET", path: "/api/x" } as const;
const write = { method: "POST", path: "/api/x", body: {} } as const;

/** The error of a request through a transport, without what stands before its text, and how often it was sent. */
async function outcome(request: typeof read | typeof write, transport: Transport, timeout = 60_000) {
  let attempts = 0;
  const counting: Transport = (given) => {
    attempts += 1;
    return transport(given);
  };
  const options = { transport: counting, clock: jumpingClock(), retry: { limit: 1 }, timeout };
  const client = createClient({ siteUrl: "https://a.test", ...options });
  client.auth().accessToken("some-token");
  const { code, message } = await failureOf(client.request(request));
  return { code, text: message.replace(/^(?:\[[^\]]*\] )+/, ""), attempts };
}

const rejecting =
  (error: unknown): Transport =>
  () =>
    Promise.reject(error);

test.each([
  ["CERT_HAS_EXPIRED", 1],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", 1],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", 1],
  ["HOSTNAME_MISMATCH", 1],
  ["ERR_TLS_CERT_ALTNAME_INVALID", 1],
  ["ERR_SSL_WRONG_VERSION_NUMBER", 1],
  ["ERR_OSSL_X509", 1],
  ["ERR_INVALID_URL", 1],
  ["EPROTO", 1],
  ["INVALID_CA", 1],
  ["ECONNREFUSED", 2],
  ["ENOTFOUND", 2],
  ["XUNABLE_TO_", 2],
  ["XHOSTNAME_MISMATCH", 2],
  ["XERR_TLS_", 2],
  ["EPROTOX", 2],
  ["XEPROTO", 2],
  ["XINVALID_CA", 2],
  [undefined, 2],
])("a connection that fails with %s is tried %i times", async (code, attempts) => {
  const error = new TransportError("it broke", { sent: false, code });
  for (const request of [read, write]) {
    expect(await outcome(request, rejecting(error))).toEqual({
      code: "UNREACHABLE",
      text: "No connection to the server: it broke",
      attempts,
    });
  }
});

test("a connection that breaks after the request was sent is tried again for a read only", async () => {
  const error = new TransportError("it broke", { sent: true, code: "ECONNRESET" });
  const lost = {
    code: "CONNECTION_LOST",
    text: "The connection broke before the response was complete: it broke",
  };
  expect(await outcome(read, rejecting(error))).toEqual({ ...lost, attempts: 2 });
  expect(await outcome(write, rejecting(error))).toEqual({ ...lost, attempts: 1 });
});

test("a response that is too large for the transport is not asked for again", async () => {
  const error = new TransportError("it broke", { sent: true, code: "RESPONSE_TOO_LARGE" });
  expect(await outcome(read, rejecting(error))).toEqual({
    code: "INVALID_RESPONSE",
    text: "The response is too large: it broke",
    attempts: 1,
  });
});

test.each([
  [undefined],
  [null],
  [""],
  [new Error("")],
  [{ message: 7 }],
  [
    {
      get message(): string {
        throw new Error("unreadable");
      },
    },
  ],
])("whatever a transport rejects with, the error says that the exchange failed", async (error) => {
  expect((await outcome(write, rejecting(error))).text).toBe(
    "The connection broke before the response was complete: the exchange failed",
  );
});

test("the credentials in a proxy's address are not repeated", async () => {
  const error = new TransportError("via http://u:hunter2@p.test/a@b and //x@y failed", { sent: false });
  expect((await outcome(write, rejecting(error))).text).toBe(
    "No connection to the server: via http://***@p.test/a@b and //***@y failed",
  );
});

test("an attempt without an outcome ends with its timeout, and is repeated for a read only", async () => {
  const never: Transport = () => new Promise(() => undefined);
  const text = "No complete response within 20 ms.";
  expect(await outcome(read, never, 20)).toEqual({ code: "TIMEOUT", text, attempts: 2 });
  expect(await outcome(write, never, 20)).toEqual({ code: "TIMEOUT", text, attempts: 1 });
});

test("an attempt whose connection was still missing at its timeout is repeated", async () => {
  const connecting: Transport = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new TransportError("aborted", { sent: false })));
    });
  expect(await outcome(write, connecting, 20)).toEqual({
    code: "UNREACHABLE",
    text: "No connection to the server within 20 ms.",
    attempts: 2,
  });
});

test("a call that finds no free slot within its timeout is not sent, and says why", async () => {
  const ends: (() => void)[] = [];
  const transport: Transport = () =>
    new Promise((resolve) => {
      ends.push(() => resolve({ status: 200, headers: {}, body: "{}" }));
    });
  const client = createClient({ siteUrl: "https://a.test", transport, maxConcurrent: 1 });
  client.auth().accessToken("some-token");
  const first = client.request(read);
  const { code, message } = await failureOf(client.request({ ...read, timeout: 20 }));
  expect(code).toBe("UNREACHABLE");
  expect(message).toContain(
    "The request was not sent within 20 ms: as many requests as maxConcurrent allows were in flight.",
  );
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
});
