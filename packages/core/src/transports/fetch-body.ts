import { TransportError } from "../contracts/transport.ts";
import type { FetchResponse } from "./fetch.ts";

/** The part of a `ReadableStream` that reading needs. */
interface ByteStream {
  getReader(): ByteReader;
}

/** Reads a stream piece by piece. */
export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
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

/** Discards a body that nobody will read, so that it does not hold its connection. */
export function discardBody({ body }: FetchResponse): void {
  if (isByteStream(body)) cancelRest(body.getReader());
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
      cancelRest(reader);
      throw tooLarge(limit);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Whether a body can be read piece by piece. */
export function isByteStream(body: unknown): body is ByteStream {
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

/** Cancels what is left of a stream. Not awaited: a stream may wait for its source, which may never end. */
export function cancelRest(reader: ByteReader | undefined): void {
  reader?.cancel().catch(() => undefined);
}
