import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Frame, FrameReader } from "../src/event-frames.ts";

const time = "2026-11-26T12:00:00.000Z";
const data = JSON.stringify({ data: { event: "secret:update", payload: { secretKey: "A" } } });

/** Frames as servers send them, and what they mean. */
const frames: Readonly<Record<string, readonly [string, Frame | undefined]>> = {
  event: [`id: ${time}\nevent: secret-manager\ndata: ${data}\n\n`, "news"],
  nameless: [`data: ${data}\n\n`, "news"],
  ping: [`event: ping\ndata: {}\n\n`, "alive"],
  comment: [": hello\n\n", "alive"],
  error: [`event: error\ndata: {"message":"expired"}\n\n`, "error"],
  bare: ["1", undefined],
};

function read(pieces: readonly string[]): readonly Frame[] {
  const reader = new FrameReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

/** Cuts a text in places. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => text.slice(start, at[index]));
}

describe("frames", () => {
  for (const [name, [text, frame]] of Object.entries(frames)) {
    test(`${name} means ${frame ?? "nothing"}`, () => {
      expect(read([text])).toEqual(frame ? [frame] : []);
      // A bare heartbeat is glued to the next frame's first line.
      expect(read(["1", "1", text])).toEqual(frame ? [frame] : []);
      expect(read([`11${text}`])).toEqual(frame ? [frame] : []);
    });
  }

  test("mean the same wherever their text is cut, and whatever breaks their lines", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(frames)), { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        (names, places, lineBreak) => {
          const text = names.map((name) => frames[name]?.[0] ?? "").join("");
          const expected = names.flatMap((name) => frames[name]?.[1] ?? []);
          expect(read(cut(text.replaceAll("\n", lineBreak), places))).toEqual(expected);
        },
      ),
    );
  });

  test("that never end do not fill the memory: what cannot be understood may be news", () => {
    const reader = new FrameReader();
    const found = Array.from({ length: 30 }, () => reader.read("x".repeat(100_000))).flat();
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set(["news"]));
    expect(read(Array.from({ length: 1000 }, () => "1"))).toEqual([]);
  });
});
