import { assert } from "./assert.ts";
import type { ContractCase } from "./contract-case.ts";
import { head, type Sending, type TransportBench } from "./transport-bench.ts";
import { shows } from "./values.ts";

const half = [head("200 OK", "Content-Length: 100"), '{"half":'];

/** Responses that end too soon, or are none. */
const broken: Readonly<Record<string, readonly string[]>> = {
  "before its length is reached": half,
  "in the middle of its chunks": [head("200 OK", "Transfer-Encoding: chunked"), '8\r\n{"half":\r\n'],
  "in the middle of a chunk": [head("200 OK", "Transfer-Encoding: chunked"), '20\r\n{"half":'],
  "in the middle of its headers": ["HTTP/1.1 200 OK\r\nContent-Type: text/"],
  "without being HTTP": ["SSH-2.0-OpenSSH_9.2\r\n\r\n"],
};

/** Is a failure told as what it is, and does it keep quiet about the rest? */
export function failureCases(bench: TransportBench): readonly ContractCase[] {
  const { unreachable } = bench.options;
  const { refused, unresolvable } = bench.addresses;
  return [
    ...[
      { what: "a refused connection", origin: refused },
      { what: "a name that does not resolve", origin: unresolvable },
    ].map(
      ({ what, origin }): ContractCase => ({
        name: `${what} is a failure, and nothing was sent`,
        run: async () => {
          const { sent } = await bench.fail({ scenario: "plain", origin, method: "POST", body: "{}" });
          assert(!sent || unreachable === "unknown", "The error says that the request may have been sent.");
        },
      }),
    ),
    ...["close", "reset"].flatMap((ending) =>
      ["headers", "body"].map(
        (after): ContractCase => ({
          name: `a connection that breaks after the request's ${after} (${ending}) is a failure, told as sent`,
          run: async () => {
            const method = after === "body" ? "POST" : "GET";
            const body = after === "body" ? "{}" : undefined;
            const { sent } = await bench.fail({ scenario: "drop", query: { after, ending }, method, body });
            assert(sent, "The error says that the request was not sent.");
          },
        }),
      ),
    ),
    ...Object.entries(broken).map(
      ([how, bytes]): ContractCase => ({
        name: `a response that ends ${how} is a failure, told as sent`,
        run: async () => {
          for (const ending of ["close", "reset"]) {
            const { sent } = await bench.fail({ scenario: "wire", query: { bytes, ending } });
            assert(sent, "The error says that the request was not sent.");
          }
        },
      }),
    ),
    {
      name: "an error shows nothing that its request carried",
      run: async () => {
        const secrets = { authorization: "token-s3cret", query: "query-s3cret", body: "body-s3cret" };
        for (const sending of failing(bench)) {
          const error = await bench.fail({
            ...sending,
            method: "POST",
            query: { ...sending.query, token: secrets.query },
            headers: { authorization: `Bearer ${secrets.authorization}` },
            body: JSON.stringify({ secret: secrets.body }),
          });
          for (const [place, secret] of Object.entries(secrets))
            assert(!shows(error, [secret]), `The error "${error.code}" shows the request's ${place}.`);
        }
      },
    },
    {
      name: "an error has no cause",
      run: async () => {
        for (const sending of failing(bench)) {
          const error = await bench.fail(sending);
          assert(error.cause === undefined, `The error "${error.code}" has a cause, which loggers print.`);
        }
      },
    },
    {
      name: "an error has a message, and a code that is a word or absent",
      run: async () => {
        for (const sending of failing(bench)) {
          const { message, code }: { message: unknown; code?: unknown } = await bench.fail(sending);
          assert(typeof message === "string" && message !== "", "An error has no message.");
          assert(code === undefined || typeof code === "string", `A code is ${JSON.stringify(code)}.`);
        }
      },
    },
    {
      name: "a failure does no harm to the next request",
      run: async () => {
        const transport = bench.create();
        for (const sending of failing(bench)) {
          await bench.fail({ ...sending, transport });
          const { body } = await bench.respond({ scenario: "plain", query: { body: "next" }, transport });
          assert(body === "next", `The next response is "${body}".`);
        }
      },
    },
  ];
}

/** One request for each kind of failure. */
function failing(bench: TransportBench): readonly Sending[] {
  const { refused, unresolvable, httpsUntrusted } = bench.addresses;
  return [
    { scenario: "plain", origin: refused },
    { scenario: "plain", origin: unresolvable },
    { scenario: "plain", origin: httpsUntrusted },
    { scenario: "plain", signal: AbortSignal.abort() },
    { scenario: "drop", query: { after: "body", ending: "reset" } },
    { scenario: "wire", query: { bytes: half, ending: "close" } },
    { scenario: "wire", query: { bytes: "SSH-2.0-OpenSSH_9.2\r\n\r\n", ending: "close" } },
  ];
}
