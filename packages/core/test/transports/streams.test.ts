import { describe, expect, test } from "vitest";
import { failureOf, serve } from "#test-kit";
import type { TransportStream } from "../../src/index.ts";
import { kyTransport } from "../../src/ky.ts";
import { nodeTransport } from "../../src/node.ts";
import { open } from "./send.ts";

/** The pieces of a stream's text. */
async function piecesOf({ body }: TransportStream): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of body) pieces.push(piece);
  return pieces;
}

describe.each([
  ["node", nodeTransport],
  ["fetch", kyTransport],
] as const)("a stream over %s", (_, create) => {
  test("is without the byte order mark at its beginning, and has any other", async () => {
    const { url } = await serve((_request, response) => {
      response.write("\ufeffone");
      setImmediate(() => response.end("\ufefftwo"));
    });
    expect((await piecesOf(await open(create(), url))).join("")).toBe("one\ufefftwo");
  });

  test("may have no text", async () => {
    const { url } = await serve((_request, response) => response.end());
    expect(await piecesOf(await open(create(), url))).toEqual([]);
  });

  test("that was aborted before anybody reads it says so", async () => {
    const { url } = await serve((_request, response) => response.write("one"));
    const controller = new AbortController();
    const stream = await open(create(), url, { signal: controller.signal });
    controller.abort();
    expect(await failureOf(piecesOf(stream))).toMatchObject({ code: "ABORTED", sent: true });
  });

  test("whose connection breaks before anybody reads it harms nothing, and says so when it is read", async () => {
    const { url, connections } = await serve((_request, response) => response.write("one"));
    const stream = await open(create(), url);
    const closed = new Promise((resolve) => connections[0]?.once("close", resolve));
    connections[0]?.destroy();
    await closed;
    expect(await failureOf(piecesOf(stream))).toMatchObject({ name: "TransportError", sent: true });
  });
});

describe("a stream over node that is encoded", () => {
  test.each(["gzip", "identity, br", "x"])(
    "as '%s' is refused, and its connection closed",
    async (encoding) => {
      const { url, connections } = await serve((_request, response) => {
        response.writeHead(200, { "content-encoding": encoding }).write("one");
      });
      const stream = await open(nodeTransport(), url);
      const closed = new Promise((resolve) => connections[0]?.once("close", resolve));
      expect(await failureOf(piecesOf(stream))).toMatchObject({ code: "UNKNOWN_ENCODING", sent: true });
      await closed;
    },
  );

  test.each(["identity", "IDENTITY", " , identity", ""])("as '%s' is read", async (encoding) => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end("one");
    });
    expect(await piecesOf(await open(nodeTransport(), url))).toEqual(["one"]);
  });
});

test("a fetch whose responses have no stream gives the text in one piece, and a body that is null gives none", async () => {
  for (const [body, pieces] of [
    [undefined, ["all of it"]],
    [null, []],
  ] as const) {
    const response = { status: 200, headers: new Headers(), body, text: async () => "all of it" };
    const transport = kyTransport({ fetch: async () => response as never });
    expect(await piecesOf(await open(transport, "http://infisical.test/"))).toEqual(pieces);
  }
});
