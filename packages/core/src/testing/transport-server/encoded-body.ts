import type { ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, deflate, gzip } from "node:zlib";

/** Compresses bodies, and keeps those that are large: a bomb takes a second to make. */
export class EncodedBodies {
  readonly #large = new Map<string, Promise<Buffer>>();

  /**
   * Sends a body in chunks, compressed where the request accepts the encoding, as servers do: a transport that does
   * not ask for compression need not know any.
   *
   * @param query - `encoding`, then `text` or `zeros` (a number of bytes), and `ending`: `close`, `stall` or
   * `damage`.
   */
  async send(
    response: ServerResponse,
    query: URLSearchParams,
    accepted: string,
    headers: readonly string[],
  ): Promise<void> {
    const encoding = query.get("encoding") ?? "identity";
    const isEncoded = encoding in encoders && new RegExp(`\\b${encoding}\\b`).test(accepted);
    const ending = query.get("ending") ?? "close";
    const body = await this.#body(isEncoded ? encoding : "identity", query, ending === "close");
    const named = isEncoded ? ["Content-Encoding", encoding] : [];
    response.writeHead(200, [...headers, "Content-Type", "text/plain; charset=utf-8", ...named]);
    response.write(body);
    if (ending === "close") response.end();
    // Where the body is not compressed, its sudden end is the damage.
    if (ending === "damage") isEncoded ? response.end("not a compressed text") : response.destroy();
  }

  #body(encoding: string, query: URLSearchParams, isComplete: boolean): Promise<Buffer> {
    const encode = encoders[encoding] ?? (async (body) => body);
    const zeros = Number(query.get("zeros") ?? 0);
    if (zeros === 0) return encode(Buffer.from(query.get("text") ?? ""), isComplete);
    const key = `${encoding} ${zeros} ${isComplete}`;
    const body = this.#large.get(key) ?? encode(Buffer.alloc(zeros), isComplete);
    if (encoding !== "identity") this.#large.set(key, body);
    return body;
  }
}

type Encoder = (body: Buffer, isComplete: boolean) => Promise<Buffer>;

/** A body that is not complete holds everything so far, without the end that the encoding has. */
const encoders: Readonly<Record<string, Encoder>> = {
  gzip: (body, isComplete) => promisify(gzip)(body, { level: 1, finishFlush: flushOf(isComplete) }),
  deflate: (body, isComplete) => promisify(deflate)(body, { level: 1, finishFlush: flushOf(isComplete) }),
  br: (body, isComplete) =>
    promisify(brotliCompress)(body, {
      finishFlush: isComplete ? constants.BROTLI_OPERATION_FINISH : constants.BROTLI_OPERATION_FLUSH,
      // The default takes a minute for 100 MiB.
      params: { [constants.BROTLI_PARAM_QUALITY]: 3 },
    }),
};

function flushOf(isComplete: boolean): number {
  return isComplete ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
}
