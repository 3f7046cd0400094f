import type { HttpRequest } from "../http-client.ts";
import type { ApiResponse } from "../middleware.ts";

/** What a request resolves with: the body of its reply, or all of it. */
export function resultOf<Result>({ fullReply }: HttpRequest, response: ApiResponse): Result {
  return (fullReply ? response : response.body) as Result;
}
