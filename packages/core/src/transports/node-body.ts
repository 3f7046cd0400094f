import type { IncomingMessage } from "node:http";
import type { Readable, Transform } from "node:stream";
import type { ResponseHeaders, TransportError } from "../contracts/transport.ts";
import { decodingFailure, tooLargeFailure, truncatedFailure } from "./node-failure.ts";

type Zlib = typeof import("node:zlib");

/** What reading a body needs to know. */
export interface BodySettings {
  /** The response's headers. */
  readonly headers: ResponseHeaders;
  /** Whether the response has no body, whatever its headers say, as in response to HEAD. */
  readonly bodiless: boolean;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
  /** Called with the whole body. */
  readonly onText: (text: string) => void;
  /** Called, once or more often, if the body is incomplete. */
  readonly onFailure: (error: TransportError) => void;
}

/** A body that is being read, and the streams that decompress it. */
interface Reading extends BodySettings {
  readonly response: IncomingMessage;
  readonly decoders: Transform[];
}

/** What the transport can decode. */
export const acceptedEncodings = "gzip, deflate, br";

/** No server encodes a body more than once or twice, and every layer can be a bomb. */
const maxEncodings = 5;

/**
 * Reads a body to its end: decompressed, limited, and decoded as UTF-8.
 *
 * A response that is cut short may simply never end: the request reports that.
 */
export function readBody(response: IncomingMessage, settings: BodySettings): void {
  const { headers, bodiless, maxResponseSize } = settings;
  const reading: Reading = Object.assign({ response, decoders: [] }, settings);
  const encoding = headers["content-encoding"];
  const encodings = bodiless || encoding === undefined ? [] : encodingsOf(encoding);
  if (encodings.length === 0) {
    const tooLarge = !bodiless && Number(headers["content-length"]) > maxResponseSize;
    if (tooLarge) fail(reading, tooLargeFailure(maxResponseSize));
    else collect(response, reading);
    return;
  }
  if (
    encodings.length > maxEncodings ||
    !encodings.every((encoding) => /^(x-)?gzip$|^deflate$|^br$/.test(encoding))
  ) {
    fail(reading, decodingFailure("UNKNOWN_ENCODING"));
    return;
  }
  // The streams' memory is outside JavaScript's heap, so it is not left to the garbage collector.
  response.on("close", () => {
    if (!response.complete) stop(reading);
  });
  loadZlib().then(
    (zlib) => decode(response, { encodings, zlib, reading }),
    () => fail(reading, decodingFailure("UNKNOWN_ENCODING")),
  );
}

function encodingsOf(header: string): string[] {
  return header
    .toLowerCase()
    .split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "" && encoding !== "identity");
}

/** Programs whose responses are not compressed never load it. Jest, among others, does not support `import()`. */
async function loadZlib(): Promise<Zlib> {
  return process.getBuiltinModule?.("node:zlib") ?? (await import("node:zlib"));
}

/** Undoes the encodings, the last one first. */
function decode(
  source: Readable,
  { encodings, zlib, reading }: { encodings: readonly string[]; zlib: Zlib; reading: Reading },
): void {
  const encoding = encodings.at(-1);
  if (!encoding) {
    collect(source, reading);
    return;
  }
  const isEmpty = () => reading.onText("");
  source.once("end", isEmpty);
  source.once("data", (first: Uint8Array) => {
    source.off("end", isEmpty);
    const decoder = createDecoder(zlib, encoding, first);
    reading.decoders.push(decoder);
    decoder.on("error", (error: NodeJS.ErrnoException) => fail(reading, decodingFailure(error.code)));
    decoder.write(first);
    source.pipe(decoder);
    decode(decoder, { encodings: encodings.slice(0, -1), zlib, reading });
  });
}

function createDecoder(zlib: Zlib, encoding: string, first: Uint8Array): Transform {
  if (encoding === "br") return zlib.createBrotliDecompress();
  if (encoding !== "deflate") return zlib.createGunzip();
  // "deflate" means zlib's format, whose first byte ends in 8, but some servers leave out its header.
  return ((first[0] ?? 0) & 15) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
}

/** Collects the bytes and decodes them once. */
function collect(source: Readable, reading: Reading): void {
  const { response, maxResponseSize, onText } = reading;
  let chunks: Buffer[] = [];
  let mostChunks = 1024;
  let size = 0;
  source.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxResponseSize) {
      chunks.push(chunk);
      if (chunks.length < mostChunks) return;
      // Tiny chunks use many times their size in memory.
      chunks = [Buffer.concat(chunks)];
      mostChunks *= 2;
      return;
    }
    chunks = [];
    fail(reading, tooLargeFailure(maxResponseSize));
  });
  source.on("end", () => {
    if (!response.complete) return fail(reading, truncatedFailure());
    let text: string;
    try {
      text = (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)).toString();
    } catch {
      // JavaScript's own limit for strings.
      return fail(reading, tooLargeFailure(maxResponseSize));
    }
    onText(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  });
}

function fail(reading: Reading, error: TransportError): void {
  reading.onFailure(error);
  stop(reading);
}

function stop({ decoders }: Reading): void {
  for (const decoder of decoders) decoder.destroy();
}
