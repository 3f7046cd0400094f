import type { HttpResponse } from "../api/http.ts";
import type { TextStream } from "./text-stream.ts";

/** The part of Node's response that a stream needs. */
interface Outgoing {
  readonly destroyed: boolean;
  readonly socket: { end(): unknown } | null;
  writeHead(status: number, headers: HttpResponse["headers"]): { flushHeaders(): void };
  write(text: string): boolean;
  end(): unknown;
  on(event: "drain" | "close", listener: () => void): unknown;
  off(event: "drain" | "close", listener: () => void): unknown;
}

/** Sends headers, and then each piece of the stream as it comes, as fast as the client reads. */
export async function sendStream(
  { status, headers }: HttpResponse,
  stream: TextStream,
  outgoing: Outgoing,
): Promise<void> {
  outgoing.on("close", () => stream.end());
  if (outgoing.destroyed) stream.end();
  outgoing.writeHead(status, headers).flushHeaders();
  try {
    for await (const text of stream) if (!outgoing.write(text)) await drained(outgoing);
  } catch {
    // What has been written arrives first, and then the end of the connection instead of that of the body.
    outgoing.socket?.end();
    return;
  }
  outgoing.end();
}

/** Resolves when the client has read what was written, or has disconnected. */
function drained(outgoing: Outgoing): Promise<void> {
  return new Promise((resolve) => {
    const events = ["drain", "close"] as const;
    const settle = (): void => {
      for (const event of events) outgoing.off(event, settle);
      resolve();
    };
    for (const event of events) outgoing.on(event, settle);
    if (outgoing.destroyed) settle();
  });
}
