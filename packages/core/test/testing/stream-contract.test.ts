import { afterAll, expect, test } from "vitest";
import { type Transport, TransportError, type TransportStream } from "../../src/contracts/transport.ts";
import { nodeTransport } from "../../src/node.ts";
import { transportContract } from "../../src/testing/index.ts";
import { startTransportServer } from "../../src/testing/server.ts";
import { verdict } from "./verdict.ts";

const server = await startTransportServer();
afterAll(() => server.close());

type Open = NonNullable<Transport["stream"]>;

/** What is wrong with the streams of a transport, by the names of the cases. */
async function complaints(change: (open: Open) => Open): Promise<readonly string[]> {
  const create = (): Transport => {
    const right = nodeTransport();
    return Object.assign((...given: Parameters<Transport>) => right(...given), {
      stream: change(right.stream as Open),
    });
  };
  const cases = transportContract({ create, server: server.addresses, patience: 2000 });
  return Object.keys(await verdict(cases.filter(({ name }) => name.includes("stream"))));
}

/** A stream whose pieces are changed. */
function pieces(change: (body: AsyncIterable<string>) => AsyncIterable<string>): (open: Open) => Open {
  return (open) => async (request) => {
    const { body, ...rest } = await open(request);
    return { ...rest, body: change(body) };
  };
}

const liars: Readonly<Record<string, readonly [(open: Open) => Open, readonly string[]]>> = {
  "waits for the whole text": [
    (open) => async (request) => {
      const { body, ...rest } = await open(request);
      let text = "";
      for await (const piece of body) text += piece;
      return { ...rest, body: textOf(text) };
    },
    [
      "a stream's text arrives before its response ends",
      "a stream whose connection breaks is a failure after the text so far (close)",
      "an abort ends a stream in the middle of its text",
      "a stream that is left does no harm to the next request",
    ],
  ],
  "loses characters": [
    pieces(async function* (body) {
      for await (const piece of body) yield piece.replaceAll("ü", "\ufffd");
    }),
    ["the pieces of a stream are its text, characters that arrive in halves included"],
  ],
  "rejects with a status": [
    (open) => async (request) => {
      const stream = await open(request);
      if (stream.status >= 400) throw new TransportError("no", { sent: true });
      return stream;
    },
    ["a stream of any status has its text"],
  ],
  "ends a text that breaks off": [
    pieces(async function* (body) {
      try {
        for await (const piece of body) yield piece;
      } catch {}
    }),
    [
      "a stream whose connection breaks is a failure after the text so far (close)",
      "a stream whose connection breaks is a failure after the text so far (reset)",
      "an abort ends a stream in the middle of its text",
      "an abort before anybody reads a stream ends it",
    ],
  ],
  "ignores its signal": [
    (open) => (request) => open({ ...request, signal: new AbortController().signal }),
    [
      "an abort ends a stream in the middle of its text",
      "an abort before anybody reads a stream ends it",
      "a stream that does not begin is a failure",
    ],
  ],
};

function textOf(text: string): AsyncIterable<string> {
  return (async function* () {
    yield text;
  })();
}

for (const [what, [change, expected]] of Object.entries(liars)) {
  test(`a stream that ${what} does not pass`, async () => {
    expect(await complaints(change)).toEqual(expect.arrayContaining([...expected]));
  });
}

test("a transport without streams has no cases about them", () => {
  const whole: Transport = async () => ({ status: 200, headers: {}, body: "" });
  const cases = transportContract({ create: () => whole, server: server.addresses });
  expect(cases.filter(({ name }) => name.includes("stream"))).toEqual([]);
});

test("an honest stream passes", async () => {
  const same =
    (open: Open): Open =>
    (request): Promise<TransportStream> =>
      open(request);
  expect(await complaints(same)).toEqual([]);
});
