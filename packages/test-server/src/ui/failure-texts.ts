import type { Failure, FailureMatch } from "../engine/failure.ts";

/** What a failure does to a request, in a few words. */
export function failureText(failure: Failure): string {
  if ("delay" in failure) return `delay of ${failure.delay} ms`;
  if ("stall" in failure) return failure.stall === "body" ? "stall within the body" : "stall, no response";
  if ("drop" in failure) return `connection dropped ${failure.drop} the work`;
  if ("refuse" in failure) return "connection refused";
  if ("truncate" in failure) return "response cut in half";
  if ("garbage" in failure) return "HTML of a proxy";
  if ("redirect" in failure) return "redirect";
  if ("rateLimit" in failure) return failure.rateLimit.legacy ? "rate limit, 500" : "rate limit, 429";
  return `status ${failure.status}`;
}

/** Which requests a failure is for, in a few words. */
export function matchText({ method, path, after = 0, when }: FailureMatch): string {
  const parts = [
    method?.toUpperCase() ?? "any method",
    path === undefined ? "any path" : typeof path === "string" ? path : patternText(path),
    after > 0 ? `after ${after} more` : "",
    when ? "on a condition" : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** A pattern for the paths that begin so. */
export function startingWith(prefix: string): RegExp {
  return new RegExp(`^${prefix.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`);
}

function patternText(pattern: RegExp): string {
  const prefix = pattern.source.replace(/^\^/, "").replaceAll(/\\(.)/g, "$1");
  return String(startingWith(prefix)) === String(pattern) ? `${prefix}*` : String(pattern);
}
