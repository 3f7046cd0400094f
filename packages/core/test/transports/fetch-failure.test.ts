import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import type { TransportError, TransportRequest } from "../../src/contracts/transport.ts";
import { kyTransport } from "../../src/ky.ts";
import { requestTo } from "./ky-requests.ts";

/** What is told of an error that a `fetch` rejects with. */
async function told(error: unknown, changes: Partial<TransportRequest> = {}) {
  const transport = kyTransport({ fetch: () => Promise.reject(error) });
  const request = requestTo("https://a.test/", { headers: {}, ...changes });
  const { message, code, sent } = await failureOf<TransportError>(transport(request));
  return { message, code, sent };
}

/** An error with a message, and with fields that `Error` does not declare. */
const errorWith = (message: unknown, fields: object = {}) => Object.assign(new Error(), { message }, fields);

/** An error as Node's `fetch` makes it. */
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });

test.each([
  ["ECONNREFUSED", undefined, false],
  ["ENOTFOUND", undefined, false],
  ["EAI_AGAIN", undefined, false],
  ["UND_ERR_CONNECT_TIMEOUT", undefined, false],
  ["ConnectionRefused", undefined, false],
  ["FailedToOpenSocket", undefined, false],
  ["ETIMEDOUT", "connect", false],
  ["ESERVFAIL", "getaddrinfo", false],
  ["ETIMEDOUT", "read", true],
  ["ETIMEDOUT", undefined, true],
  ["UND_ERR_SOCKET", undefined, true],
])(
  "an error with the code %s of the call %s says whether the request was sent: %s",
  async (code, syscall, sent) => {
    const error = errorWith("it broke", { code, syscall });
    for (const thrown of [error, fetchFailed(error)]) {
      expect(await told(thrown)).toEqual({ message: "it broke", code, sent });
    }
  },
);

test.each([
  ["client error (Connect): tcp connect error: Connection refused (os error 111)", "ECONNREFUSED", false],
  ["client error (Connect): dns error: failed to lookup address information", "ENOTFOUND", false],
  ["client error (SendRequest): connection closed before message completed", "ECONNRESET", true],
  ["client error (SendRequest): Connection reset by peer (os error 104)", "ECONNRESET", true],
  ["client error (SendRequest): operation was canceled", undefined, true],
])("what Deno says gets a code: %s", async (message, code, sent) => {
  const address = "https://a.test/api/v3/secrets/raw?secretPath=/hidden";
  const error = new TypeError(`error sending request for url (${address}): ${message}`);
  expect(await told(error)).toEqual({ message, code, sent });
});

test("a code of its own goes before the one that a text suggests", async () => {
  expect(await told(errorWith("dns error", { code: "EOWN" }))).toEqual({
    message: "dns error",
    code: "EOWN",
    sent: true,
  });
});

test.each([
  ["bad port", false],
  ["Requests to port 6000 are blocked", false],
  ["Fetch failed: Requests to port 22 are blocked", false],
  ["bad port 22", true],
  ["not a bad port", true],
  ["Requests to port x are blocked", true],
])("a port that fetch refuses is told apart from other texts: %s", async (message, sent) => {
  expect(await told(new TypeError(message))).toEqual({ message, code: undefined, sent });
});

const renew = "Renew the server's certificate, or set this machine's clock.";
const otherAddress = "Use an address that the certificate names.";
const trust =
  "Trust its authority: name a file with the authority's certificate in NODE_EXTRA_CA_CERTS (on Deno, DENO_CERT).";

test.each([
  ["CERT_HAS_EXPIRED", renew],
  ["CERT_NOT_YET_VALID", renew],
  ["ERR_TLS_CERT_ALTNAME_INVALID", otherAddress],
  ["HOSTNAME_MISMATCH", otherAddress],
  ["SELF_SIGNED_CERT_IN_CHAIN", trust],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", trust],
  ["UNABLE_TO_GET_ISSUER_CERT", trust],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", trust],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", trust],
  ["CERT_UNTRUSTED", trust],
  ["INVALID_CA", trust],
])(
  "a certificate that fails with %s was sent nothing, and the text ends with what helps",
  async (code, cure) => {
    const message = `it failed. ${cure}`;
    for (const text of ["it failed", "it failed."]) {
      expect(await told(errorWith(text, { code }))).toEqual({ message, code, sent: false });
    }
    const other = `X${code}`;
    expect(await told(errorWith("it failed", { code: other }))).toEqual({
      message: "it failed",
      code: other,
      sent: true,
    });
  },
);

test.each([
  ["expired: verification time 1700000000", renew],
  ["certificate expired: verification time 1700000000", renew],
  ["certificate not valid before 2027", renew],
  ["certificate not valid yet: verification time 1", renew],
  ['not valid for name "a.test"', otherAddress],
  ['certificate not valid for name "a.test"', otherAddress],
  ["certificate not valid", trust],
  ["UnknownIssuer", trust],
])("Deno's `invalid peer certificate: %s` ends with what helps", async (reason, cure) => {
  const message = `invalid peer certificate: ${reason}`;
  expect(await told(new TypeError(message))).toEqual({
    message: `${message}. ${cure}`,
    code: undefined,
    sent: false,
  });
});

test.each([
  ["Is it valid?", "Is it valid?"],
  ["It is not valid!", "It is not valid!"],
  ["It is not valid. Or is it", "It is not valid. Or is it."],
])("the sentence %j before what helps ends as one", async (text, sentence) => {
  expect((await told(errorWith(text, { code: "CERT_UNTRUSTED" }))).message).toBe(`${sentence} ${trust}`);
});

test.each([
  ["EPROTO", "C0A0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:354:"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "it failed"],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "it failed"],
  [undefined, "client error (Connect): received corrupt message of type InvalidContentType"],
])("a port without TLS is told from the code %s and the text %s", async (code, text) => {
  expect(await told(errorWith(text, { code }))).toEqual({
    message: "The server does not speak TLS on this port; its address may have to begin with http:.",
    code,
    sent: false,
  });
});

test("the innermost message and the innermost code of a chain are told", async () => {
  const innermost = errorWith("inner", { code: "EINNER" });
  const middle = errorWith("middle", { code: "EMIDDLE", cause: innermost });
  const inner = { message: "inner", code: "EINNER", sent: true };
  expect(await told(errorWith("outer", { code: "EOUTER", cause: middle }))).toEqual(inner);
  expect(await told(errorWith("outer", { errors: [middle, errorWith("second")] }))).toEqual(inner);
});

test("a connection that was refused further out in a chain is still one that was refused", async () => {
  const refused = errorWith("refused", { code: "ECONNREFUSED", cause: errorWith("why", { code: "EWHY" }) });
  expect(await told(fetchFailed(refused))).toEqual({ message: "why", code: "EWHY", sent: false });
});

test("of a chain, eight errors are read, even if it has no end", async () => {
  const chainOf = (length: number): Error =>
    errorWith(`${length} left`, length > 1 ? { cause: chainOf(length - 1) } : {});
  expect((await told(chainOf(8))).message).toBe("1 left");
  expect((await told(chainOf(9))).message).toBe("2 left");
  const endless = errorWith("endless");
  expect((await told(Object.assign(endless, { cause: endless }))).message).toBe("endless");
});

test.each([
  ["a text", "a text", "a text"],
  ["an empty text", "", "The connection failed."],
  ["nothing", null, "The connection failed."],
  ["an error without a message", errorWith(""), "The connection failed."],
  ["a message that is not a text", errorWith(Object.create(null)), "The connection failed."],
  ["white space around the text", errorWith(" broken\n"), "broken"],
  ["a list that is an object", errorWith("broken", { errors: { 0: errorWith("listed") } }), "broken"],
  [
    "an address further in",
    errorWith("an error sending request x: client error"),
    "an error sending request x: client error",
  ],
])("a fetch that rejects with %s has a message", async (_, error, message) => {
  expect(await told(error)).toEqual({ message, code: undefined, sent: true });
});

test("an error without a message is told by its code", async () => {
  expect(await told(errorWith("", { code: "EBROKEN" }))).toEqual({
    message: "EBROKEN",
    code: "EBROKEN",
    sent: true,
  });
});

test.each([
  ['Headers.append: "Bearer x" is an invalid header value.'],
  ["Header 'authorization'\nhas invalid value"],
  ["headervalue"],
])("an error about a header's value is replaced whole: %j", async (text) => {
  expect((await told(new TypeError(text))).message).toBe("A header has a value that HTTP does not allow.");
});

test.each<[string, string, Partial<TransportRequest>]>([
  [
    "cannot reach https://a.test/x?secretPath=/hidden now",
    "cannot reach https://a.test/x now",
    { url: "https://a.test/x?secretPath=/hidden" },
  ],
  ["the proxy is exact", "the proxy is exact", { url: "https://a.test/x" }],
  ["whole hushes, whispered", "whole ***, ***", { headers: { "x-key": "hushes" }, body: "whispered" }],
  ["part token1, pass12", "part ***, ***", { headers: { a: "Bearer token1" }, body: '{"p":"pass12"}' }],
  ["five hush5 stays", "five hush5 stays", { headers: { "x-key": "hush5" } }],
  ["via http://user:pw@proxy and //@b", "via http://***@proxy and //***@b", {}],
  ["not //a/b@c nor //a b@c", "not //a/b@c nor //a b@c", {}],
])("of the text %j, this is told: %j", async (text, message, request) => {
  expect((await told(new Error(text), request)).message).toBe(message);
});
