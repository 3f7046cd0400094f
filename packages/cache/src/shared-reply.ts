import type { ApiResponse } from "@infisical/core";
import { deepFreeze } from "./deep-freeze.ts";

/** Makes a reply that many callers may get: what one of them does to it, no other one sees. */
export function shareReply({ status, headers, body }: ApiResponse): ApiResponse {
  // Headers cannot be frozen, so each look at them gets a copy, and they hold more in memory than they say.
  const fields = [...headers];
  return Object.freeze({
    status,
    body: deepFreeze(body),
    get headers() {
      return new Headers(fields);
    },
  });
}
