import type { HttpResponse } from "../http/http-response.ts";

/** Converts a response to one of the Fetch API. */
export function toFetchResponse({ status, headers, body }: HttpResponse): Response {
  return new Response(body === "" ? null : body, { status, headers });
}
