import type { Transform } from "node:stream";
// undici loads it as well.
import zlib from "node:zlib";
import type { ResponseHeaders, TransportError } from "@infisical/core";
import { decodingFailure, tooLargeFailure } from "./failures.ts";

/** What reading a body requires. */
export interface BodyReaderOptions {
  /** The response's headers, names in lower case. */
  readonly headers: ResponseHeaders;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
  /** Called with the complete body. */
  readonly onText: (text: string) => void;
  /** Called at least once if the body is not complete. */
  readonly onFailure: (error: TransportError) => void;
  /** Called when writing can continue after `write` has returned `false`. */
  readonly onDrain: () => void;
}

/** The encodings that can be decoded. */
export const acceptedEncodings = "gzip, deflate, br";

/** No server encodes a body more than twice, and every layer can multiply its size. */
const maxEncodings = 5;

/** Reads a body that arrives in chunks: decompresses it, limits its size and decodes it as UTF-8. */
export class BodyReader {
  readonly #options: BodyReaderOptions;
  /** The encodings without a decoder so far, in the order in which they were applied. */
  readonly #encodings: string[];
  readonly #decoders: Transform[] = [];
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(options: BodyReaderOptions) {
    this.#options = options;
    const encoding = options.headers["content-encoding"];
    this.#encodings = encoding === undefined ? [] : encodingsOf(encoding);
  }

  /** Adds the next chunk; `false` asks the caller to wait for `onDrain`. */
  write(chunk: Uint8Array): boolean {
    const [decoder = this.#firstDecoder(chunk)] = this.#decoders;
    if (!decoder) {
      this.#collect(chunk);
      return true;
    }
    return decoder.write(chunk);
  }

  /** Ends the body; the text follows. */
  end(): void {
    const [decoder] = this.#decoders;
    if (decoder) decoder.end();
    else this.#finish();
  }

  /** Frees the memory of the body. The garbage collector would free that of the decoders too late. */
  stop(): void {
    this.#chunks = [];
    for (const decoder of this.#decoders) decoder.destroy();
  }

  /** An empty body has nothing to decode, whatever its headers say, so decoders wait for the first byte. */
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

  /** Adds the decoder of the outermost remaining encoding, followed by those of the inner ones. */
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
      // The text exceeds JavaScript's own limit for strings.
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
  // "deflate" means zlib's format, whose first byte ends in 8, but some servers omit its header.
  return ((start[0] ?? 0) & 15) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
}
