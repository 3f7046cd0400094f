import {
  isTransportError,
  type Transport,
  type TransportError,
  type TransportStream,
} from "../contracts/transport.ts";
import { assert, type ContractCase, shows, textOf } from "./contract-case.ts";
import { bytesOf, head, type Sending, type TransportBench } from "./transport-bench.ts";

const begun = head("200 OK", "Transfer-Encoding: chunked", "Content-Type: text/event-stream");

function chunk(text: string): string {
  const bytes = bytesOf(text);
  return `${bytes.length.toString(16)}\r\n${bytes}\r\n`;
}

/** Does a response's text arrive while the response is still open? Empty for a transport without `stream`. */
export function streamCases(bench: TransportBench): readonly ContractCase[] {
  if (!bench.create().stream) return [];
  return [
    {
      name: "a stream's text arrives before its response ends",
      run: async () => {
        const query = { bytes: [begun, chunk("data: a\n\n")], ending: "stall" };
        const { status, headers, body } = await open(bench, { scenario: "wire", query });
        assert(status === 200, `The status is ${status} instead of 200.`);
        assert(headers["content-type"] === "text/event-stream", "A header is missing.");
        for await (const piece of bounded(bench, body)) {
          assert("data: a\n\n".startsWith(piece) && piece !== "", `A piece is ${JSON.stringify(piece)}.`);
          break;
        }
      },
    },
    {
      name: "the pieces of a stream are its text, characters that arrive in halves included",
      run: async () => {
        const text = "\ufeffGrüße, 世界 🌍\n";
        const bytes = bytesOf(text);
        const pieces = [...bytes].map((byte) => `1\r\n${byte}\r\n`);
        const query = { bytes: [begun, ...pieces, "0\r\n\r\n"], ending: "close" };
        const received = await whole(bench, await open(bench, { scenario: "wire", query }));
        assert(received === text.slice(1), `The text is ${JSON.stringify(received)}.`);
      },
    },
    {
      name: "a stream of any status has its text",
      run: async () => {
        const transport = bench.create();
        for (const status of [400, 403, 429, 500, 503]) {
          const query = { status, body: '{"why":1}' };
          const stream = await open(bench, { scenario: "plain", query, transport });
          assert(stream.status === status, `The status ${status} comes as ${stream.status}.`);
          assert((await whole(bench, stream)) === '{"why":1}', `The text of a ${status} is missing.`);
        }
      },
    },
    {
      name: "a stream is asked for in full, so nothing is held back to be compressed",
      run: async () => {
        const query = { encoding: "gzip", text: "plain text" };
        const text = await whole(bench, await open(bench, { scenario: "encoded", query }));
        assert(text === "plain text", `The text is ${JSON.stringify(text)}.`);
      },
    },
    ...["close", "reset"].map(
      (ending): ContractCase => ({
        name: `a stream whose connection breaks is a failure after the text so far (${ending})`,
        run: async () => {
          const query = { bytes: [begun, chunk("first")], ending };
          const stream = await open(bench, { scenario: "wire", query });
          const { text, error } = await read(bench, stream);
          // A break can overtake what was sent before it.
          assert("first".startsWith(text), `The text is ${JSON.stringify(text)}.`);
          assert(error !== undefined, "The text ends as if it were complete.");
          assert(error.sent, "The error says that the request was not sent.");
        },
      }),
    ),
    {
      name: "an abort ends a stream in the middle of its text",
      run: async () => {
        const abort = new AbortController();
        const query = { bytes: [begun, chunk("first")], ending: "stall" };
        const stream = await open(bench, { scenario: "wire", query, signal: abort.signal });
        const pending = read(bench, stream, () => abort.abort(new Error("the caller's own reason")));
        const { text, error } = await pending;
        assert(text === "first", `The text is ${JSON.stringify(text)}.`);
        assert(error?.code === "ABORTED" && error.sent, `The code is ${error?.code} instead of ABORTED.`);
      },
    },
    {
      name: "an abort before anybody reads a stream ends it",
      run: async () => {
        const abort = new AbortController();
        const query = { bytes: [begun, chunk("first")], ending: "stall" };
        const stream = await open(bench, { scenario: "wire", query, signal: abort.signal });
        abort.abort();
        const { error } = await read(bench, stream);
        assert(error?.code === "ABORTED", `The code is ${error?.code} instead of ABORTED.`);
      },
    },
    {
      name: "a stream that does not begin is a failure",
      run: async () => {
        const { refused } = bench.addresses;
        const unsent = await failure(bench, { scenario: "plain", origin: refused });
        assert(!unsent.sent || bench.options.unreachable === "unknown", "The error says that it was sent.");
        const aborted = await failure(bench, { scenario: "plain", signal: AbortSignal.abort() });
        assert(aborted.code === "ABORTED" && !aborted.sent, `The code is ${aborted.code}.`);
        const headers = { authorization: "Bearer token-s3cret" };
        const dropped = { scenario: "drop", query: { after: "body", ending: "reset" }, headers };
        const { sent, ...error } = await failure(bench, dropped);
        assert(sent, "The error says that the request was not sent.");
        assert(!shows(error, ["token-s3cret"]), "The error shows a header.");
      },
    },
    {
      name: "a stream that is left does no harm to the next request",
      run: async () => {
        const transport = bench.create();
        const query = { bytes: [begun, chunk("first")], ending: "stall" };
        for (let count = 0; count < 3; count += 1) {
          const stream = await open(bench, { scenario: "wire", query, transport });
          for await (const _ of bounded(bench, stream.body)) break;
          const { body } = await bench.respond({ scenario: "plain", query: { body: "next" }, transport });
          assert(body === "next", `The next response is "${body}".`);
        }
      },
    },
  ];
}

function start(
  bench: TransportBench,
  { transport = bench.create(), ...sending }: Sending,
): Promise<TransportStream> {
  const { stream } = transport as Transport & Required<Pick<Transport, "stream">>;
  assert(stream !== undefined, "Only some of the transports have a stream.");
  return bench.settle(stream(bench.request(sending)), `The stream of /${sending.scenario}`);
}

async function open(bench: TransportBench, sending: Sending): Promise<TransportStream> {
  try {
    return await start(bench, sending);
  } catch (error) {
    throw new Error(`The stream of /${sending.scenario} fails: ${textOf(error)}`);
  }
}

async function failure(bench: TransportBench, sending: Sending): Promise<TransportError> {
  const outcome = await start(bench, sending).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  assert(outcome !== undefined, `The stream of /${sending.scenario} begins instead of failing.`);
  return transportError(outcome.error);
}

function transportError(error: unknown): TransportError {
  assert(isTransportError(error), `A stream rejects with "${textOf(error)}", not with a TransportError.`);
  return error;
}

/** The text up to its end or its failure; `onPiece` is called after each piece. */
async function read(
  bench: TransportBench,
  { body }: TransportStream,
  onPiece: () => void = () => undefined,
): Promise<{ readonly text: string; readonly error?: TransportError }> {
  let text = "";
  try {
    for await (const piece of bounded(bench, body)) {
      text += piece;
      onPiece();
    }
    return { text };
  } catch (error) {
    return { text, error: transportError(error) };
  }
}

async function whole(bench: TransportBench, stream: TransportStream): Promise<string> {
  const { text, error } = await read(bench, stream);
  assert(error === undefined, `The text breaks off: ${textOf(error)}`);
  return text;
}

/** The pieces of a text, for each of which a case waits only so long. */
async function* bounded(bench: TransportBench, body: AsyncIterable<string>): AsyncGenerator<string, void> {
  const pieces = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await bench.settle(pieces.next(), "A stream's next piece");
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: one that ignores its signal never returns.
    pieces.return?.().then(undefined, () => undefined);
  }
}
