import type { Transform } from "node:stream";
// undici loads it anyway.
import zlib from "node:zlib";
import type { ResponseHeaders, TransportError } from "@infisical/core";
import { decodingFailure, tooLargeFailure } from "./failures.ts";

/** What has to be known to read a body. */
export interface BodyReaderOptions {
  /** The response's headers, names in lower case. */
  readonly headers: ResponseHeaders;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
  /** Called with the whole body. */
  readonly onText: (text: string) => void;
  /** Called, once or more often, if there is no whole body. */
  readonly onFailure: (error: TransportError) => void;
  /** Called when more can be written after `write` has returned `false`. */
  readonly onDrain: () => void;
}

/** What can be decoded. */
export const acceptedEncodings = "gzip, deflate, br";

/** No server encodes a body more than once or twice, and every layer can blow it up again. */
const maxEncodings = 5;

/** Reads a body that comes in pieces: decompressed, limited, and decoded as UTF-8 at the end. */
export class BodyReader {
  readonly #options: BodyReaderOptions;
  /** The encodings that still need a decoder, in the order in which they were applied. */
  readonly #encodings: string[];
  readonly #decoders: Transform[] = [];
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(options: BodyReaderOptions) {
    this.#options = options;
    const encoding = options.headers["content-encoding"];
    this.#encodings = encoding === undefined ? [] : encodingsOf(encoding);
  }

  /** Takes the next piece; `false` asks to wait for `onDrain`. */
  write(chunk: Uint8Array): boolean {
    const [decoder = this.#firstDecoder(chunk)] = this.#decoders;
    if (!decoder) {
      this.#collect(chunk);
      return true;
    }
    return decoder.write(chunk);
  }

  /** Takes the end of the body, after which the text comes. */
  end(): void {
    const [decoder] = this.#decoders;
    if (decoder) decoder.end();
    else this.#finish();
  }

  /** Frees what the body has taken. The decoders' memory is not left to the garbage collector. */
  stop(): void {
    this.#chunks = [];
    for (const decoder of this.#decoders) decoder.destroy();
  }

  /** A body without a byte has nothing to decode, whatever its headers say; so decoders wait for the first one. */
  #firstDecoder(chunk: Uint8Array): Transform | undefined {
    const encodings = this.#encodings;
    if (encodings.length === 0) return undefined;
    if (
      encodings.length > maxEncodings ||
      !encodings.every((each) => /^((x-)?gzip|deflate|br)$/.test(each))
    ) {
      this.#options.onFailure(decodingFailure("UNKNOWN_ENCODING"));
      return undefined;
    }
    const first = this.#addDecoder(chunk);
    first.on("drain", this.#options.onDrain);
    return first;
  }

  /** Adds the decoder of the outermost encoding that is left, and behind it those within. */
  #addDecoder(start: Uint8Array): Transform {
    const decoder = createDecoder(this.#encodings.pop(), start);
    this.#decoders.push(decoder);
    decoder.on("error", ({ code }: NodeJS.ErrnoException) => this.#options.onFailure(decodingFailure(code)));
    if (this.#encodings.length === 0) {
      decoder.on("data", (chunk: Uint8Array) => this.#collect(chunk));
      decoder.on("end", () => this.#finish());
      return decoder;
    }
    const finish = () => this.#finish();
    decoder.once("end", finish);
    decoder.once("data", (chunk: Uint8Array) => {
      decoder.off("end", finish);
      const next = this.#addDecoder(chunk);
      next.write(chunk);
      decoder.pipe(next);
    });
    return decoder;
  }

  #collect(chunk: Uint8Array): void {
    const { maxResponseSize, onFailure } = this.#options;
    this.#size += chunk.length;
    if (this.#size > maxResponseSize) onFailure(tooLargeFailure(maxResponseSize));
    else this.#chunks.push(chunk);
  }

  #finish(): void {
    const { maxResponseSize, onFailure, onText } = this.#options;
    let text: string;
    try {
      text = Buffer.concat(this.#chunks, this.#size).toString();
    } catch {
      // JavaScript's own limit for strings.
      onFailure(tooLargeFailure(maxResponseSize));
      return;
    }
    onText(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  }
}

function encodingsOf(header: string): string[] {
  return header
    .toLowerCase()
    .split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "" && encoding !== "identity");
}

function createDecoder(encoding: string | undefined, start: Uint8Array): Transform {
  if (encoding === "br") return zlib.createBrotliDecompress();
  if (encoding !== "deflate") return zlib.createGunzip();
  // "deflate" means zlib's format, whose first byte ends in 8, but some servers leave out its header.
  return ((start[0] ?? 0) & 15) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
}
