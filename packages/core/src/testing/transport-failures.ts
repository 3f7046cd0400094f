import { assert, type ContractCase, shows } from "./contract-case.ts";
import { head, pause, type Sending, type TransportBench } from "./transport-bench.ts";

const half = [head("200 OK", "Content-Length: 100"), '{"half":'];

/** Responses that end too soon, or are not responses. */
const broken: Readonly<Record<string, readonly string[]>> = {
  "before its length is reached": half,
  "in the middle of its chunks": [head("200 OK", "Transfer-Encoding: chunked"), '8\r\n{"half":\r\n'],
  "in the middle of a chunk": [head("200 OK", "Transfer-Encoding: chunked"), '20\r\n{"half":'],
  "in the middle of its headers": ["HTTP/1.1 200 OK\r\nContent-Type: text/"],
  "without being HTTP": ["SSH-2.0-OpenSSH_9.2\r\n\r\n"],
};

/** Is a failure reported as what it is, without showing anything else? */
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
          name: `a connection that breaks after the request's ${after} (${ending}) is a failure, reported as sent`,
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
        name: `a response that ends ${how} is a failure, reported as sent`,
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
          for (const [part, secret] of Object.entries(secrets))
            assert(!shows(error, [secret]), `The error "${error.code}" shows the request's ${part}.`);
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

/** Long enough for a transport to start connecting, in milliseconds. Too short a time only makes a case easier. */
const begun = 50;

/** Does an abort end a request at every stage, and is its outcome reported? */
export function abortCases(bench: TransportBench): readonly ContractCase[] {
  const { silent, swallowing } = bench.addresses;
  return [
    {
      name: "a request whose signal has already aborted is not sent",
      run: async () => {
        const id = bench.newId();
        const aborted = { method: "POST", body: "{}", signal: AbortSignal.abort() };
        const { code, sent } = await bench.fail({ scenario: "plain", id, ...aborted });
        await pause(begun);
        assert((await bench.seen(id)).length === 0, "The request is sent anyway.");
        assert(!sent && code === "ABORTED", `The error has sent: ${sent} and code: ${code}.`);
      },
    },
    ...(swallowing === null ? [] : [connectingCase(bench, "while it connects", swallowing)]),
    connectingCase(bench, "in the TLS handshake", silent),
    arrivedCase(bench, "while its body is being sent", { scenario: "unread", body: "x".repeat(20_000_000) }),
    arrivedCase(bench, "while it waits for the headers", { scenario: "wire", body: "{}" }),
    arrivedCase(bench, "in the middle of a body", {
      scenario: "wire",
      body: "{}",
      query: { bytes: [head("200 OK", "Content-Length: 100"), '{"half":'], ending: "stall" },
    }),
    arrivedCase(bench, "in the middle of a compressed body", {
      scenario: "encoded",
      body: "{}",
      query: { encoding: "gzip", text: "half", ending: "stall" },
    }),
    {
      name: "an abort ends only its own request",
      run: async () => {
        const transport = bench.create();
        const abort = new AbortController();
        const id = bench.newId();
        const slow = { scenario: "echo", method: "POST", body: "b", query: { delay: 200 }, transport };
        const other = bench.start(slow);
        const sending = { scenario: "wire", id, transport, signal: abort.signal };
        const pending = bench.start(sending);
        await bench.arrival(id);
        abort.abort();
        await bench.failureOf(pending, sending);
        const { body } = await bench.settle(other, "The other request");
        assert(body === "b", "The other request gets another response.");
      },
    },
    {
      name: "an abort after the response changes nothing",
      run: async () => {
        const transport = bench.create();
        const abort = new AbortController();
        const { signal } = abort;
        const response = await bench.respond({ scenario: "plain", query: { body: "a" }, transport, signal });
        abort.abort();
        await pause(begun);
        const next = await bench.respond({ scenario: "plain", query: { body: "b" }, transport });
        assert(response.body === "a" && next.body === "b", "The responses change.");
      },
    },
  ];
}

function connectingCase(bench: TransportBench, when: string, origin: string): ContractCase {
  return {
    name: `an abort ${when} ends the request, and nothing was sent`,
    run: async () => {
      const abort = new AbortController();
      const sending = { scenario: "plain", origin, method: "POST", body: "{}", signal: abort.signal };
      const pending = bench.start(sending);
      await pause(begun);
      abort.abort();
      const { code, sent } = await bench.failureOf(pending, sending);
      assert(code === "ABORTED", `The code is ${code} instead of ABORTED.`);
      const mayNotKnow = bench.options.connecting === "unknown";
      assert(!sent || mayNotKnow, "The error says that the request may have been sent.");
    },
  };
}

function arrivedCase(bench: TransportBench, when: string, { scenario, query, body }: Sending): ContractCase {
  return {
    name: `an abort ${when} ends the request, reported as sent`,
    run: async () => {
      const abort = new AbortController();
      const id = bench.newId();
      const sending = { scenario, id, query, method: "POST", body, signal: abort.signal };
      const pending = bench.start(sending);
      await bench.arrival(id);
      // For what the server sends to arrive too.
      await pause(begun);
      abort.abort(new Error("the caller's own reason"));
      const { code, sent } = await bench.failureOf(pending, sending);
      assert(code === "ABORTED", `The code is ${code} instead of ABORTED.`);
      assert(sent, "The error says that the request was not sent.");
      const { length } = await bench.seen(id);
      assert(length === 1, `The request is sent ${length} times.`);
    },
  };
}
