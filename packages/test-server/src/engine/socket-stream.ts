import type { ServerResponse } from "node:http";
import type { HttpResponse } from "../api/http.ts";
import type { TextStream } from "./text-stream.ts";

/** Sends headers, and then each piece of the stream as it comes, as fast as the client reads. */
export async function sendStream(
  { status, headers }: HttpResponse,
  stream: TextStream,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.once("close", () => stream.end());
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
function drained(outgoing: ServerResponse): Promise<void> {
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
