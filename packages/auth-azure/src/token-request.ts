import { InfisicalSDKError } from "@infisical/core";
import type { PlatformRequest } from "@infisical/core/logins";

/** What a token is requested for. */
export interface TokenQuery {
  readonly clientId: string | undefined;
  readonly resource: string;
}

/** A request for an access token, and what to check if it is refused. */
export interface TokenRequest extends Omit<PlatformRequest, "limit" | "retryAfter"> {
  readonly advice: string;
}

/** An address with a query. */
export function withQuery(url: URL, query: Readonly<Record<string, string | undefined>>): string {
  for (const [name, text] of Object.entries(query)) if (text !== undefined) url.searchParams.set(name, text);
  return url.href;
}

/** The error of a platform that applies here, but has not provided a token. */
export function failed(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
