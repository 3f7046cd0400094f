import { connect } from "node:net";
import { expect, test } from "vitest";
import { MovableClock } from "../src/engine/clock.ts";
import { Responder } from "../src/engine/responder.ts";
import { SocketServer } from "../src/engine/socket-server.ts";
import { TextStream } from "../src/engine/text-stream.ts";

async function read(stream: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of stream) text += piece;
  return text;
}

test("a stream that has ended has what was sent before, and loses what is sent after", async () => {
  const stream = new TextStream();
  stream.push("before");
  stream.end();
  stream.push("after");
  expect(await read(stream)).toBe("before");
  expect(await read(stream)).toBe("");
});

test("a stream that breaks has what was sent before, one that aborts has nothing", async () => {
  const reason = new Error("enough");
  const broken = new TextStream();
  broken.push("before");
  broken.break(reason);
  const pieces = broken[Symbol.asyncIterator]();
  expect(await pieces.next()).toEqual({ done: false, value: "before" });
  await expect(pieces.next()).rejects.toBe(reason);
  expect(await pieces.next()).toEqual({ done: true, value: undefined });
  const aborted = new TextStream();
  aborted.push("before");
  aborted.abort(reason);
  await expect(read(aborted)).rejects.toBe(reason);
});

test("a stream is closed once: by its end, a break, an abort or a reader that leaves", async () => {
  const ends: ((stream: TextStream) => unknown)[] = [
    (stream) => stream.end(),
    (stream) => stream.break(),
    (stream) => stream.abort("enough"),
    (stream) => stream[Symbol.asyncIterator]().return?.(),
  ];
  for (const end of ends) {
    const stream = new TextStream();
    let closed = 0;
    stream.whenClosed(() => {
      closed += 1;
    });
    await end(stream);
    stream.end();
    stream.whenClosed(() => {
      closed += 10;
    });
    expect([stream.isOpen, closed]).toEqual([false, 11]);
  }
});

test("a reader that leaves while it waits gets an end, and so does whoever reads afterwards", async () => {
  const stream = new TextStream();
  const pieces = stream[Symbol.asyncIterator]();
  const waiting = pieces.next();
  await pieces.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await read(stream)).toBe("");
});

test("a stream over a socket is sent only as fast as the client reads", async () => {
  let taken = 0;
  class Endless extends TextStream {
    override [Symbol.asyncIterator](): AsyncIterator<string, undefined> {
      const { return: leave } = super[Symbol.asyncIterator]();
      const next = async () => {
        taken += 1;
        if (!this.isOpen || taken > 1000) return { done: true as const, value: undefined };
        return { done: false as const, value: "x".repeat(1_000_000) };
      };
      return { next, ...(leave && { return: leave }) };
    }
  }
  const stream = new Endless();
  const sockets = new SocketServer(
    new Responder({
      clock: new MovableClock(),
      answer: async () => ({ status: 200, headers: {}, body: "", stream }),
      requestId: () => "req",
    }),
  );
  const client = connect(Number(new URL(await sockets.listen({})).port), "127.0.0.1");
  client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await new Promise((resolve) => client.once("readable", resolve));
  const closed = new Promise<void>((resolve) => stream.whenClosed(resolve));
  client.destroy();
  await closed;
  expect(taken).toBeLessThan(100);
  await sockets.close();
});
