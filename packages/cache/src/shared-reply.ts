import type { ApiResponse } from "@infisical/core";
import { deepFreeze } from "./deep-freeze.ts";

/** Makes a reply that many callers may get: what one of them does to it, no other one sees. */
export function shareReply({ status, headers, body }: ApiResponse): ApiResponse {
  return Object.freeze({
    status,
    body: deepFreeze(body),
    // Headers cannot be frozen, so each look at them gets a copy.
    get headers() {
      return new Headers(headers);
    },
  });
}
