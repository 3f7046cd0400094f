import { assert } from "./assert.ts";
import type { ContractCase } from "./contract-case.ts";
import { head, pause, type Sending, type TransportBench } from "./transport-bench.ts";

/** Long enough for a transport to have begun to connect, in milliseconds. Too short only makes a case easier. */
const begun = 50;

/** Does an abort end a request at every stage, and is it told what became of it? */
export function abortCases(bench: TransportBench): readonly ContractCase[] {
  const { silent, swallowing } = bench.addresses;
  return [
    {
      name: "a request whose signal has aborted before is not sent",
      run: async () => {
        const id = bench.newId();
        const aborted = { method: "POST", body: "{}", signal: AbortSignal.abort() };
        const { code, sent } = await bench.fail({ scenario: "plain", id, ...aborted });
        await pause(begun);
        assert((await bench.seen(id)).length === 0, "The request is sent all the same.");
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
      name: "an abort ends no request but its own",
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
    name: `an abort ${when} ends the request, told as sent`,
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
