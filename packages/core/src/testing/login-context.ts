import type { LoginContext, LoginResponse } from "../contracts/auth-strategy.ts";
import { HeldSecrets } from "../http/held-secrets.ts";
import { Redaction } from "../http/redact.ts";
import { createSend, toHttpClient } from "../http/send.ts";
import { ServerTime } from "../http/server-time.ts";
import { parseOptions } from "../options.ts";
import { type Answer, FakeServer, jsonResponse, siteUrl } from "./fake-server.ts";

/** A login context whose requests a fake server answers, wherever they go. */
export function contextAnswering(answer: Answer): { context: LoginContext; server: FakeServer } {
  const server = new FakeServer(answer);
  const { transport } = server;
  const options = parseOptions({ siteUrl, transport, retry: false });
  const serverTime = new ServerTime(options.clock);
  const send = createSend({
    ...options,
    serverTime,
    heldSecrets: new HeldSecrets(),
    redaction: new Redaction(),
  });
  return { context: { http: toHttpClient(send), transport }, server };
}

/** Answers every login, each with a token of its own. */
export function logins(): Answer {
  let count = 0;
  return () => {
    count += 1;
    return jsonResponse(200, loginResponse(count));
  };
}

/** The response to the login of that number. */
export function loginResponse(count: number): LoginResponse & { readonly accessToken: string } {
  return {
    accessToken: `contract-token-${count}`,
    expiresIn: 3600,
    accessTokenMaxTTL: 7200,
    tokenType: "Bearer",
  };
}
