import type { Transport, TransportResponse } from "../contracts/transport.ts";
import { TransportError } from "../errors/transport-error.ts";

/** The server's address in contracts; nothing is sent there. */
export const siteUrl = "https://infisical.test";

/** A request that the fake server received. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  /** By their lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; empty where there was none. */
  readonly body: string;
}

/** A response, or nothing at all until the request is aborted. */
export type Answer = (request: SeenRequest) => TransportResponse | "silence";

/** Takes the place of a network and a server: remembers requests and answers them. */
export class FakeServer {
  readonly requests: SeenRequest[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly transport: Transport = async ({ method, url, headers, body = "", signal }) => {
    const aborted = (): TransportError => new TransportError("aborted", { sent: true, code: "ABORTED" });
    if (signal.aborted) throw aborted();
    const request: SeenRequest = { method, url: new URL(url), headers, body };
    this.requests.push(request);
    const answer = this.#answer(request);
    if (answer !== "silence") return answer;
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(aborted()), { once: true });
    });
  };
}

/** A response in JSON. */
export function jsonResponse(status: number, body: unknown): TransportResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** A refusal by a server that repeats all it was sent, which is what an error must not pass on. */
export function echoingRefusal(
  status: number,
  error: string,
  { headers, body }: SeenRequest,
): TransportResponse {
  const message = `refused ${headers["authorization"]} ${body}`;
  return jsonResponse(status, { reqId: "req-contract", statusCode: status, message, error });
}
