import type { ApiRequest } from "@infisical/core";
import { own } from "@infisical/core/authoring";

/** Headers with which a caller speaks to caches himself, and gets an answer that is meant for him alone. */
const steeringHeader = /^(?:if-.+|range|cache-control|pragma)$/i;

/** The state of a lease counts as of now, and a dynamic secret shows what its provider is administered with. */
const neverKept = /^\/api\/v\d+\/dynamic-secrets\b/;

/** What a cache does with a request: keep its response, stay out of its way, or drop what it may touch. */
export type RequestKind = "cached" | "read" | "write";

/** Tells what a cache does with a request. */
export function requestKind(request: ApiRequest): RequestKind {
  const { method, path, body, headers, readOnly = method === "GET" } = own(request);
  if (!readOnly) return "write";
  if (method !== "GET" || body !== undefined || neverKept.test(path)) return "read";
  return headers && Object.keys(headers).some((name) => steeringHeader.test(name)) ? "read" : "cached";
}
