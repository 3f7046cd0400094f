import type { TestClock } from "../engine/clock.ts";
import { ApiError } from "./api-error.ts";
import type { Call } from "./http.ts";
import type { RateLimits } from "./rate-limit-options.ts";

/** The requests that count together. */
type Bucket = "read" | "write" | "secrets" | "logins" | "projectCreation" | "overall";

/** The requests of one address in one bucket, in the minute that began with the first of them. */
interface Window {
  readonly end: number;
  count: number;
}

const minute = 60_000;

/** Refuses the requests of an address beyond a number in each minute. Refused ones count, but prolong nothing. */
export class RateLimiter {
  readonly #clock: TestClock;
  readonly #limits: RateLimits;
  readonly #windows = new Map<string, Window>();
  readonly #headers = new WeakMap<Call, Readonly<Record<string, string>>>();

  constructor(clock: TestClock, limits: RateLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /**
   * Counts a request to a route.
   *
   * @throws ApiError when it is one too many.
   */
  count(call: Call, route: string): void {
    const bucket = bucketOf(call.method === "HEAD" ? "GET" : call.method, route);
    if (bucket === undefined) return;
    this.#take(call, "overall", "");
    const isLimitedApart = bucket !== "logins" || this.#limits.logins !== undefined;
    const scope = this.#limits.perRoute ? `${call.method} ${route}` : "";
    this.#take(call, isLimitedApart ? bucket : "write", scope);
  }

  /** The headers that tell how much of a limit is left: those of the response to a request that was counted. */
  headers(call: Call): Readonly<Record<string, string>> {
    return this.#headers.get(call) ?? {};
  }

  #take(call: Call, bucket: Bucket, scope: string): void {
    const limit = this.#limits[bucket];
    if (limit === undefined) return;
    const now = this.#clock.now();
    const window = this.#windowOf(`${bucket} ${scope} ${addressOf(call)}`, now);
    window.count += 1;
    const seconds = Math.ceil((window.end - now) / 1000);
    const isExceeded = window.count > limit;
    this.#headers.set(call, {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - window.count)),
      "x-ratelimit-reset": String(seconds),
      ...(isExceeded && { "retry-after": String(seconds) }),
    });
    if (isExceeded) throw this.#refusal(seconds);
  }

  #windowOf(key: string, now: number): Window {
    const current = this.#windows.get(key);
    if (current && now < current.end) return current;
    const window: Window = { end: now + minute, count: 0 };
    this.#windows.set(key, window);
    return window;
  }

  #refusal(seconds: number): ApiError {
    if (this.#limits.legacy) {
      return new ApiError(500, "InternalServerError", "Something went wrong", { reqId: undefined });
    }
    const message = `Rate limit exceeded. Please try again in ${seconds} seconds`;
    return new ApiError(429, "RateLimitExceeded", message);
  }
}

/** The bucket of a route; `undefined` if requests to it never count. */
function bucketOf(method: string, route: string): Bucket | undefined {
  if (route === "/api/status" || route.startsWith("/.well-known/")) return undefined;
  if (/\/login$|\/auth\/token\/(?:renew|revoke)$/.test(route)) return "logins";
  if (method === "POST" && /^\/api\/v1\/projects$|^\/api\/v2\/workspace$/.test(route))
    return "projectCreation";
  if (/^\/api\/v\d\/(?:secrets|secret-imports)(?:\/|$)/.test(route)) return "secrets";
  if (method === "GET" || route.startsWith("/api/v1/events/")) return "read";
  return /^\/api\/v\d\/folders(?:\/|$)/.test(route) ? "secrets" : "write";
}

/** The address of the client. Like a real server behind a proxy, this one believes the header. */
function addressOf({ headers, remoteAddress = "127.0.0.1" }: Call): string {
  return headers["x-forwarded-for"]?.split(",")[0]?.trim() || remoteAddress;
}
