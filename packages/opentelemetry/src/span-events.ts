import type { ClientEvent } from "@infisical/core";
import type { Attributes } from "@opentelemetry/api";
import { seconds } from "./attributes.ts";

/** Something that happened during a call or a login. */
interface SpanEvent {
  readonly name: string;
  readonly attributes: Attributes;
  /** What is worth being found by on the span itself. */
  readonly ofSpan?: Attributes;
}

/** What an event on the way is on a span; `undefined` for one of a later version of core. */
export function spanEventOf(event: ClientEvent): SpanEvent | undefined {
  switch (event.type) {
    case "call-waiting":
      return { name: "infisical.waiting", attributes: { "infisical.wait.reason": event.reason } };
    case "retry-scheduled": {
      const attributes = {
        "infisical.attempt": event.attempt,
        "infisical.wait.duration": seconds(event.delay),
        "error.type": event.code,
        "http.response.status_code": event.statusCode,
      };
      return { name: "infisical.retry", attributes };
    }
    case "cool-down-started":
      return {
        name: "infisical.rate_limit",
        attributes: { "infisical.wait.duration": seconds(event.delay) },
      };
    case "login-slow":
      return {
        name: "infisical.login.slow",
        attributes: { "infisical.login.elapsed": seconds(event.elapsed) },
      };
    case "token-refused":
      return {
        name: "infisical.token.refused",
        attributes: { "http.response.status_code": event.statusCode },
      };
    case "cache-hit": {
      const ofSpan = { "infisical.cache.result": "hit" };
      return {
        name: "infisical.cache.hit",
        attributes: { "infisical.cache.age": seconds(event.age) },
        ofSpan,
      };
    }
    case "stale-served": {
      const { age, reason, code } = event;
      const attributes = {
        "infisical.cache.age": seconds(age),
        "infisical.cache.reason": reason,
        "error.type": code,
      };
      return { name: "infisical.cache.stale", attributes, ofSpan: { "infisical.cache.result": "stale" } };
    }
    default:
      return undefined;
  }
}
