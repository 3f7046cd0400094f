import { TransportError } from "../errors/transport-error.ts";
import type { FetchResponse } from "./fetch.ts";

/** The part of a `ReadableStream` that is needed to read it. */
interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/**
 * Reads the whole body of a response as UTF-8, without the byte order mark, as `text()` does.
 *
 * @param response - A response whose body nobody has read.
 * @param limit - The largest body, in bytes after decompression; reading stops there.
 * @throws {TransportError} `RESPONSE_TOO_LARGE`.
 */
export async function readBody(response: FetchResponse, limit: number): Promise<string> {
  const { body } = response;
  if (body === null) return "";
  if (isByteStream(body)) return readStream(body, limit);
  const text = await response.text();
  if (isLonger(text, limit)) throw tooLarge(limit);
  return text;
}

/** Lets go of a body that nobody will read, so that its connection is not held by it. */
export function discardBody({ body }: FetchResponse): void {
  if (isByteStream(body)) body.getReader().cancel().catch(ignore);
}

async function readStream(stream: ByteStream, limit: number): Promise<string> {
  const reader = stream.getReader();
  // One decoder for all chunks: a character may begin in one and end in the next.
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    if (!value) continue;
    size += value.byteLength;
    if (size > limit) {
      // Not awaited: a stream may wait for its source, which may never end.
      reader.cancel().catch(ignore);
      throw tooLarge(limit);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function isByteStream(body: unknown): body is ByteStream {
  return typeof (body as Partial<ByteStream> | undefined)?.getReader === "function";
}

/** Whether a text has more bytes than the limit; each of its code units has one to three. */
function isLonger(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  return text.length * 3 > limit && new TextEncoder().encode(text).byteLength > limit;
}

function tooLarge(limit: number): TransportError {
  const message = `The response is larger than ${limit} bytes, the transport's maxResponseSize.`;
  return new TransportError(message, { sent: true, code: "RESPONSE_TOO_LARGE" });
}

function ignore(): void {}
