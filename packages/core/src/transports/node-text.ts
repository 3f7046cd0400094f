import type { IncomingMessage } from "node:http";
import { isTransportError, type ResponseHeaders } from "../contracts/transport.ts";
import { abortedFailure, decodingFailure, truncatedFailure } from "./node-failure.ts";

/**
 * The text of a response as it arrives. Leaving the loop closes the connection; so does the signal.
 *
 * @throws {TransportError} The signal has aborted, the connection broke, or the text is encoded.
 */
export async function* readText(
  response: IncomingMessage,
  headers: ResponseHeaders,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  // Otherwise a connection that breaks before anybody reads would end the process.
  response.on("error", () => {});
  try {
    if (/[^\s,]/.test((headers["content-encoding"] ?? "").replaceAll(/identity/gi, ""))) {
      throw decodingFailure("UNKNOWN_ENCODING");
    }
    response.setEncoding("utf8");
    let isFirst = true;
    for await (const piece of response as AsyncIterable<string>) {
      yield isFirst && piece.charCodeAt(0) === 0xfeff ? piece.slice(1) : piece;
      isFirst = false;
    }
  } catch (error) {
    if (isTransportError(error)) throw error;
    // What broke the connection is not kept: only how far the response came.
  } finally {
    response.destroy();
  }
  if (!response.complete) throw signal.aborted ? abortedFailure(true) : truncatedFailure();
}
