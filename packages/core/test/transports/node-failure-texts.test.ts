import { expect, test } from "vitest";
import type { TransportError } from "../../src/contracts/transport.ts";
import {
  abortedFailure,
  addressFailure,
  decodingFailure,
  failureOf,
  tooLargeFailure,
  truncatedFailure,
  tunnelFailure,
  unsendable,
} from "../../src/transports/node-failure.ts";

/** What a person sees of a failure, and what the client decides by. */
const shown = ({ message, code, sent }: TransportError) => ({ message, code, sent });

const errorWith = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

/** An exchange over a connection that had answered before, and was encrypted. */
const usual = { sent: true, secure: true, fresh: false };

/** What is told of an error of Node's. */
const told = (error: unknown, progress = {}) => shown(failureOf(error, { ...usual, ...progress }));

const authority =
  "Pass the certificate authority as `ca`, or name its file in the environment variable NODE_EXTRA_CA_CERTS.";

test.each([
  ["CERT_HAS_EXPIRED", "The server needs a new certificate, or this machine's clock is wrong."],
  ["CERT_NOT_YET_VALID", "The server needs another certificate, or this machine's clock is wrong."],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", authority],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "Use a host name that the server's certificate is issued for."],
  ["SELF_SIGNED_CERT_IN_CHAIN", authority],
  ["UNABLE_TO_GET_ISSUER_CERT", authority],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", authority],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", authority],
])("a certificate that fails with %s ends with what helps", (code, cure) => {
  for (const text of ["it e.g. failed", "it e.g. failed."]) {
    expect(told(errorWith(text, { code }), { sent: false })).toEqual({
      message: `it e.g. failed. ${cure}`,
      code,
      sent: false,
    });
  }
});

const certificateCure =
  "The server refuses the client's certificate: check `cert`, and the authorities that the server trusts.";

test.each([
  ["EPROTO", "tlsv13 alert certificate required"],
  ["EPROTO", "sslv3 alert bad certificate"],
  ["EPROTO", "sslv3 alert unsupported certificate"],
  ["EPROTO", "sslv3 alert no certificate"],
  ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "tlsv1 alert unknown ca"],
  ["ERR_SSL_TLSV1_ALERT_ACCESS_DENIED", "tlsv1 Alert Access Denied"],
])("a server that refuses the client's certificate has not read the request: %s, %s", (code, text) => {
  expect(told(errorWith(text, { code }))).toEqual({
    message: `${text}. ${certificateCure}`,
    code,
    sent: false,
  });
});

test.each([
  ["EPROTO", "sslv3 alert handshake failure"],
  ["EPROTO", "alert of another certificate"],
  ["EPROTO", "noalert bad certificate"],
  ["EPROTOX", "alert bad certificate"],
  ["XEPROTO", "alert bad certificate"],
  ["XERR_SSL_ALERT", "alert bad certificate"],
  ["ECONNABORTED", "alert unknown ca"],
])("what only resembles such a refusal may have been read: %s, %s", (code, message) => {
  expect(told(errorWith(message, { code }))).toEqual({ message, code, sent: true });
});

const hint = " If the server speaks TLS on this port, its address begins with https:.";

test.each([
  ["ECONNRESET", true, "The connection closed before the response was complete."],
  ["ECONNRESET", false, "The connection closed before the request was sent."],
  ["HPE_INVALID_CONSTANT", true, "The response is not valid HTTP (HPE_INVALID_CONSTANT)."],
])(
  "a %s, sent: %s, may be a TLS port on a plain connection that has answered nothing yet",
  (code, sent, text) => {
    for (const fresh of [true, false]) {
      for (const secure of [true, false]) {
        const message = sent && fresh && !secure ? text + hint : text;
        expect(told(errorWith("it broke", { code }), { sent, secure, fresh })).toEqual({
          message,
          code,
          sent,
        });
      }
    }
  },
);

test.each([["C0A0:error:0A00010B:SSL routines::wrong version number"], ["packet length too long"]])(
  "a port that does not speak TLS is told as such on an encrypted connection only: %s",
  (text) => {
    const error = errorWith(text, { code: "EPROTO" });
    expect(told(error, { sent: false })).toEqual({
      message: "The server does not speak TLS on this port; its address may have to begin with http:.",
      code: "EPROTO",
      sent: false,
    });
    expect(told(error, { secure: false }).message).toBe(text);
  },
);

test.each<[string, unknown, string, string | undefined]>([
  ["of no code", errorWith("a text that may change"), "The exchange failed.", undefined],
  ["whose code is a number", errorWith("it broke", { code: 7 }), "The exchange failed.", undefined],
  [
    "that quotes a value",
    errorWith('"hunter2" is bad', { code: "ERR_INVALID_X" }),
    "The exchange failed (ERR_INVALID_X).",
    "ERR_INVALID_X",
  ],
  ["with a code like that", errorWith("it broke", { code: "XERR_INVALID_" }), "it broke", "XERR_INVALID_"],
  ["of a parser's name", errorWith("it broke", { code: "XHPE_" }), "it broke", "XHPE_"],
  ["without a text", errorWith(" ", { code: "EBROKEN" }), "EBROKEN", "EBROKEN"],
  ["with white space around", errorWith(" it broke\n", { code: "EBROKEN" }), "it broke", "EBROKEN"],
  ["of 600 characters", errorWith("x".repeat(600), { code: "EBROKEN" }), "x".repeat(500), "EBROKEN"],
  [
    "with a proxy's password",
    errorWith("via http://u:hunter2@p and //v@q", { code: "EBROKEN" }),
    "via http://***@p and //***@q",
    "EBROKEN",
  ],
  [
    "with other at signs",
    errorWith("at //a/b@c, //a b@c", { code: "EBROKEN" }),
    "at //a/b@c, //a b@c",
    "EBROKEN",
  ],
])("an error %s is told", (_, error, message, code) => {
  expect(told(error)).toEqual({ message, code, sent: true });
});

test("of several addresses, the first one's error is told; of none, the error itself", () => {
  const first = errorWith("first broke", { code: "EFIRST" });
  const both = new AggregateError([first, errorWith("second broke", { code: "ESECOND" })]);
  expect(told(both)).toEqual({ message: "first broke", code: "EFIRST", sent: true });
  const none = Object.assign(new AggregateError([], "none broke"), { code: "ENONE" });
  expect(told(none)).toEqual({ message: "none broke", code: "ENONE", sent: true });
  const other = errorWith("it broke", { code: "EBROKEN", errors: [first] });
  expect(told(other)).toEqual({ message: "it broke", code: "EBROKEN", sent: true });
});

test("Node's text about a tunnel, which names the proxy, is not repeated", () => {
  const error = errorWith("no tunnel via http://u:hunter2@p", { code: "ERR_PROXY_TUNNEL", statusCode: 407 });
  expect(told(error)).toEqual(shown(tunnelFailure(407)));
});

test.each([
  [
    errorWith("key values mismatch", { code: "ERR_OSSL_X509_KEY_VALUES_MISMATCH" }),
    "The certificate or its key cannot be used: key values mismatch.",
  ],
  [
    errorWith("hunter2", { code: "XERR_OSSL_" }),
    "The request's address or headers are not valid (XERR_OSSL_).",
  ],
  [
    errorWith("hunter2", { code: "ERR_INVALID_CHAR" }),
    "A header's value holds a character that HTTP does not allow.",
  ],
  [
    errorWith("hunter2", { code: "ERR_INVALID_URL" }),
    "The request's address or headers are not valid (ERR_INVALID_URL).",
  ],
  [errorWith("hunter2"), "The request's address or headers are not valid."],
])("what cannot be sent is told without its value: %s", (error, message) => {
  const { code } = error as { code?: string };
  expect(shown(unsendable(error))).toEqual({ message, code, sent: false });
});

test.each<[TransportError, string, string | undefined, boolean]>([
  [abortedFailure(true), "The request was aborted before its response was complete.", "ABORTED", true],
  [abortedFailure(false), "The request was aborted before it was sent.", "ABORTED", false],
  [
    addressFailure(),
    "The request's address must be a URL that begins with http: or https:, without credentials.",
    "ERR_INVALID_URL",
    false,
  ],
  [
    tooLargeFailure(5),
    "The response's body exceeds maxResponseSize, which is 5 bytes.",
    "RESPONSE_TOO_LARGE",
    true,
  ],
  [truncatedFailure(), "The connection closed before the response was complete.", "ECONNRESET", true],
  [truncatedFailure(false), "The connection closed before the request was sent.", "ECONNRESET", false],
  [
    decodingFailure("UNKNOWN_ENCODING"),
    "The response's body has an encoding that was not asked for.",
    "UNKNOWN_ENCODING",
    true,
  ],
  [decodingFailure("Z_DATA_ERROR"), "The response's body cannot be decompressed.", "Z_DATA_ERROR", true],
  [decodingFailure(undefined), "The response's body cannot be decompressed.", undefined, true],
  [
    tunnelFailure(407),
    "The proxy asks for credentials: it answered CONNECT with status 407.",
    "ERR_PROXY_TUNNEL",
    false,
  ],
  [
    tunnelFailure(503),
    "The proxy opened no tunnel to the server: it answered CONNECT with status 503.",
    "ERR_PROXY_TUNNEL",
    false,
  ],
  [tunnelFailure(undefined), "The proxy opened no tunnel to the server.", "ERR_PROXY_TUNNEL", false],
])("%s", (error, message, code, sent) => {
  expect(shown(error)).toEqual({ message, code, sent });
});

test("an agent's failure that is only a code is told by that", () => {
  expect(told({ code: "ESOCKS" })).toEqual({ message: "ESOCKS", code: "ESOCKS", sent: true });
});
