import type { ApiResponse } from "../contracts/middleware.ts";
import type {
  Transport,
  TransportRequest,
  TransportResponse,
  TransportStream,
} from "../contracts/transport.ts";
import { InfisicalSDKError } from "../errors/errors.ts";
import { abortable, abortReason, onAbort } from "../support/wait.ts";
import { transportFailure } from "./failure.ts";
import type { PreparedRequest } from "./prepare.ts";

/** The `stream` of a transport; throws where it reads only whole responses. */
export function streamOf(transport: Transport): (request: TransportRequest) => Promise<TransportStream> {
  const stream = Object.hasOwn(transport, "stream") ? transport.stream : undefined;
  if (stream) return stream;
  const text = "The client's transport reads only whole responses: it has no `stream`, so nothing was sent.";
  throw new InfisicalSDKError(text, { code: "NO_STREAM" });
}

/** Whether a response is one whose text the caller gets as it arrives. Any other is read whole, as an answer. */
export function isStream({ status }: TransportStream): boolean {
  return status >= 200 && status <= 299 && status !== 204;
}

/** Reads what is left of a body, up to a limit in characters, beyond which it counts as too large anyway. */
export async function readWhole(
  { status, headers, body }: TransportStream,
  limit: number,
): Promise<TransportResponse> {
  let text = "";
  for await (const piece of body) {
    text += piece;
    if (text.length > limit) break;
  }
  return { status, headers, body: text };
}

/**
 * The response whose body is the text as it arrives. It ends with the request's signal, and failures are those of a
 * call.
 *
 * @param request - What was sent.
 * @param response - What came back.
 * @param controller - Ends the exchange.
 */
export function streamedResponse(
  request: PreparedRequest,
  { status, headers, body }: TransportStream,
  controller: AbortController,
): ApiResponse<AsyncIterable<string>> {
  const { signal } = request;
  const forget = onAbort(signal, () => controller.abort());
  const source = body[Symbol.asyncIterator]();
  const end = (): void => {
    forget();
    controller.abort();
  };
  const next = async (): Promise<IteratorResult<string>> => {
    try {
      const piece = await abortable(source.next(), signal);
      if (piece.done) end();
      return piece;
    } catch (error) {
      end();
      throw signal?.aborted ? abortReason(signal) : transportFailure(request, error).error;
    }
  };
  const leave = async (): Promise<IteratorResult<string>> => {
    end();
    return { done: true, value: undefined };
  };
  const iterator: AsyncIterableIterator<string> = {
    next,
    return: leave,
    [Symbol.asyncIterator]: () => iterator,
  };
  return { status, headers, body: iterator };
}
