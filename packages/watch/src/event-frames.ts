/** What a frame of the event stream means to a watcher. */
export type Frame = "news" | "alive" | "error";

/** No frame is longer, in characters: events hold names and no values. */
const longestFrame = 1_000_000;

/**
 * Reads the frames of an event stream from pieces of its text.
 *
 * Older servers send a bare `1` without a line break as a heartbeat, which ends up before the next frame's first line.
 * An ordinary parser of server-sent events then loses the line, and with it the frame's name.
 */
export class FrameReader {
  #text = "";

  /** Adds a piece of text, and returns the frames that it completes. */
  read(piece: string): readonly Frame[] {
    // The second half of a line break can be still to come.
    this.#text = (this.#text + piece).replaceAll(/\r\n|\r(?=.)/gs, "\n");
    const blocks = this.#text.split("\n\n");
    // Heartbeats without a frame behind them would add up.
    this.#text = (blocks.pop() ?? "").replace(/^\n*1*/, "");
    const frames = blocks.map(frameOf);
    if (this.#text.length <= longestFrame) return frames;
    this.#text = "";
    return [...frames, "news"];
  }
}

/** A frame that cannot be understood may be news: at worst, one poll finds nothing. */
function frameOf(block: string): Frame {
  const lines = block.replace(/^\n*1*/, "").split("\n");
  const name = fieldOf(lines, "event");
  if (name === "error") return "error";
  if (name === "ping") return "alive";
  return fieldOf(lines, "data") === undefined ? "alive" : "news";
}

function fieldOf(lines: readonly string[], field: string): string | undefined {
  const line = lines.find((each) => each.startsWith(`${field}:`));
  return line?.slice(field.length + 1).trim();
}
