import type { AuthStrategy, LoginContext, LoginResponse } from "../contracts/auth-strategy.ts";
import { InfisicalSDKError, isInfisicalError } from "../errors/errors.ts";
import type { ServerTime } from "../http/server-time.ts";
import type { Clock } from "../support/clock.ts";
import { notAuthenticated } from "./login-refusal.ts";
import { isToken, type Token, tokenFromResponse } from "./token.ts";

/** What every login of a client uses: a client without a token, a transport, the time, and how long it may take. */
export interface LoginTools extends Pick<LoginContext, "http" | "transport"> {
  readonly clock: Clock;
  readonly serverTime: ServerTime;
  /** How long a login may take, its proof and repeated attempts included; in milliseconds. */
  readonly timeout: number;
}

/** Renews a token. Resolves to `undefined` where that fails but a login can follow, or there is no token. */
export async function renewToken(
  token: Token | undefined,
  canLogIn: boolean,
  tools: LoginTools,
  signal: AbortSignal,
): Promise<Token | undefined> {
  if (!token) return undefined;
  try {
    const response = await tools.http.request<LoginResponse>({
      method: "POST",
      path: "/api/v1/auth/token/renew",
      body: { accessToken: token.value },
      signal,
      // The other half is for the login that follows where a renewal fails.
      timeout: canLogIn ? tools.timeout / 2 : undefined,
      expect: { accessToken: "string" },
    });
    return readToken(response, "token", tools, token.loggedInAt);
  } catch (error) {
    if (!canLogIn || signal.aborted) throw error;
    return undefined;
  }
}

/** A clock that was this far off, in milliseconds, can be why a proof was refused. */
const disturbingSkew = 60_000;

/**
 * Logs in with a strategy.
 *
 * A proof that states the time is made once more if the first response shows that the client's clock is wrong.
 */
export async function logIn(
  strategy: AuthStrategy | undefined,
  tools: LoginTools,
  signal: AbortSignal,
): Promise<Token> {
  if (!strategy) throw notAuthenticated();
  const { http, transport, clock, serverTime } = tools;
  let statesTime = false;
  const now = (): number => {
    statesTime = true;
    return serverTime.now();
  };
  const sleep: Clock["sleep"] = (milliseconds, end) => clock.sleep(milliseconds, end);
  const context: LoginContext = { http, transport, signal, clock: { now, sleep } };
  const skewBefore = serverTime.skew ?? 0;
  try {
    return readToken(await strategy.login(context), strategy.name, tools);
  } catch (error) {
    const isMended = statesTime && Math.abs((serverTime.skew ?? 0) - skewBefore) > disturbingSkew;
    if (!isMended || !isInfisicalError(error) || signal.aborted) throw error;
    return readToken(await strategy.login(context), strategy.name, tools);
  }
}

function readToken(
  response: LoginResponse | undefined,
  name: string,
  { clock, serverTime }: LoginTools,
  loggedInAt?: number,
): Token {
  if (isToken(response?.accessToken)) {
    const serverNow = serverTime.skew === undefined ? undefined : serverTime.now();
    return tokenFromResponse(response, clock.now(), loggedInAt, serverNow);
  }
  const why = response?.accessToken ? "an accessToken that cannot be one" : "no accessToken";
  throw new InfisicalSDKError(`The ${name} login returned ${why}.`, { code: "INVALID_RESPONSE" });
}
