import type { ApiRequest } from "@infisical/core";

/** Headers with which a caller speaks to caches himself, and gets an answer that is meant for him alone. */
const steeringHeader = /^(?:if-.+|range|cache-control|pragma)$/i;

/** What a cache does with a request: keep its reply, stay out of its way, or drop what it may touch. */
export type RequestKind = "cached" | "read" | "write";

/** Tells what a cache does with a request. */
export function requestKind({ method, body, headers, readOnly = method === "GET" }: ApiRequest): RequestKind {
  if (!readOnly) return "write";
  if (method !== "GET" || body !== undefined) return "read";
  return headers && Object.keys(headers).some((name) => steeringHeader.test(name)) ? "read" : "cached";
}
