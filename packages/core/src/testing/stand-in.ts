import type { Fetch } from "../fetch.ts";

/** The server's address in contracts; nothing is sent there. */
export const siteUrl = "https://infisical.test";

/** A request that the stand-in was asked to send. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body as text; empty where there was none. */
  readonly body: string;
}

/** A reply, or nothing at all until the request is aborted. */
export type Answer = (request: SeenRequest) => Response | "silence";

/** Stands in for `fetch`: remembers requests and answers them as told. */
export class StandIn {
  readonly requests: SeenRequest[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly fetch: Fetch = (url, { method = "GET", headers, body, signal }) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const request: SeenRequest = {
      method,
      url: new URL(url),
      headers: new Headers(headers),
      body: typeof body === "string" ? body : "",
    };
    this.requests.push(request);
    const answer = this.#answer(request);
    if (answer !== "silence") return Promise.resolve(answer);
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  };
}

/** A reply in JSON. */
export function jsonReply(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** A refusal by a server that repeats all it was sent, which is what an error must not pass on. */
export function tellTaleRefusal(status: number, error: string, { headers, body }: SeenRequest): Response {
  const message = `refused ${headers.get("authorization")} ${body}`;
  return jsonReply(status, { reqId: "req-contract", statusCode: status, message, error });
}
