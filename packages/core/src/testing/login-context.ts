import type { LoginResponse } from "../auth-strategy.ts";
import { checkOptions } from "../client-options.ts";
import { httpWithoutToken } from "../http/http-without-token.ts";
import { createTransport } from "../http/transport.ts";
import type { HttpClient } from "../http-client.ts";
import { type Answer, jsonReply, StandIn, siteUrl } from "./stand-in.ts";

/** The http client of a login context, and what it was asked to send. */
export function httpThat(answer: Answer): { http: HttpClient; standIn: StandIn } {
  const standIn = new StandIn(answer);
  const transport = createTransport(checkOptions({ siteUrl, fetch: standIn.fetch, retry: false }));
  return { http: httpWithoutToken(transport), standIn };
}

/** Answers every login, each with a token of its own. */
export function accepts(): Answer {
  let count = 0;
  return () => {
    count += 1;
    return jsonReply(200, loginReply(count));
  };
}

/** The reply to the login of that number. */
export function loginReply(count: number): LoginResponse & { readonly accessToken: string } {
  return {
    accessToken: `contract-token-${count}`,
    expiresIn: 3600,
    accessTokenMaxTTL: 7200,
    tokenType: "Bearer",
  };
}
