import type { ApiResponse } from "@infisical/core";
import { deepFreeze } from "./deep-freeze.ts";

/** Makes a reply that many callers may get: what one of them does to it, no other one sees. */
export function shareReply({ status, headers, body }: ApiResponse): ApiResponse {
  return Object.freeze({ status, headers: deepFreeze(headers), body: deepFreeze(body) });
}
