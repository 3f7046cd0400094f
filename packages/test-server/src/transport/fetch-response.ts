import type { HttpResponse } from "../http/http-response.js";

/** A response as the Fetch API has it. */
export function toFetchResponse({ status, headers, body }: HttpResponse): Response {
  return new Response(body === "" ? null : body, { status, headers });
}
