import type { AuthStrategy, LoginContext, LoginResponse } from "../contracts/auth-strategy.ts";
import type { HttpClient } from "../contracts/http-client.ts";
import {
  type InfisicalErrorCode,
  InfisicalSDKError,
  type InfisicalSDKRequestError,
  isInfisicalError,
} from "../errors/errors.ts";
import { rewordRequestError } from "../errors/make-error.ts";
import { reportLogin } from "../events/login.ts";
import type { Events } from "../events/publish.ts";
import type { Clock, ServerTime } from "../support/time.ts";
import { isToken, type Token, tokenFromResponse } from "./token.ts";

/** What every login of a client uses: HTTP clients without a token, a transport, the time, and a time limit. */
export interface LoginTools extends Pick<LoginContext, "http" | "siteUrl" | "httpVia" | "transport"> {
  /** Sends what is a call in its own right, and is told of as one. */
  readonly revocationHttp: HttpClient;
  readonly clock: Clock;
  readonly serverTime: ServerTime;
  readonly events: Pick<Events, "piece">;
  /** How long a login may take, its proof and repeated attempts included; in milliseconds. */
  readonly timeout: number;
  /** Keeps a token out of every error from now on. */
  readonly hold: (accessToken: string) => void;
}

/** Renews a token. Resolves to `undefined` if there is none, or if that fails and a login can follow. */
export async function renewToken(
  token: Token | undefined,
  strategy: AuthStrategy | undefined,
  tools: LoginTools,
  signal: AbortSignal,
): Promise<Token | undefined> {
  if (!token) return undefined;
  try {
    return await reportLogin(
      tools,
      { kind: "renewal", strategy: strategy?.name ?? "token" },
      signal,
      async () => {
        const response = await tools.http.request<LoginResponse>({
          operation: "auth.renew",
          method: "POST",
          path: "/api/v1/auth/token/renew",
          body: { accessToken: token.value },
          signal,
          // The other half is for the login that follows if the renewal fails.
          timeout: strategy ? tools.timeout / 2 : undefined,
          expect: { accessToken: "string" },
        });
        return readToken(response, "token", tools, token.loggedInAt);
      },
    );
  } catch (error) {
    if (!strategy || signal.aborted) throw error;
    return undefined;
  }
}

/** A clock that is further off than this, in milliseconds, can be why a proof was refused. */
const disturbingSkew = 60_000;

/**
 * Logs in with a strategy.
 *
 * A proof that states the time is created once more if the first response shows that the client's clock is wrong.
 */
export async function logIn(
  strategy: AuthStrategy | undefined,
  tools: LoginTools,
  signal: AbortSignal,
): Promise<Token> {
  if (!strategy) throw notAuthenticated();
  const about = {
    kind: "login",
    // Read for each event: a strategy that decides at its first login says in its name how.
    get strategy() {
      return strategy.name;
    },
  } as const;
  return reportLogin(tools, about, signal, () =>
    present(strategy, tools, signal).catch((error: unknown) => {
      throw asLoginRefusal(error, strategy.name) ?? error;
    }),
  );
}

/** Presents the strategy's proof, and if the clock was wrong, another one. */
async function present(strategy: AuthStrategy, tools: LoginTools, signal: AbortSignal): Promise<Token> {
  const { http, siteUrl, httpVia, transport, clock, serverTime } = tools;
  let statesTime = false;
  const now = (): number => {
    statesTime = true;
    return serverTime.now();
  };
  const sleep: Clock["sleep"] = (milliseconds, end) => clock.sleep(milliseconds, end);
  const context: LoginContext = {
    http,
    siteUrl,
    httpVia,
    transport,
    signal,
    clock: { now, sleep },
    now: () => serverTime.now(),
  };
  const skewBefore = serverTime.skew ?? 0;
  try {
    return readToken(await strategy.login(context), strategy.name, tools);
  } catch (error) {
    const isCorrected = statesTime && Math.abs((serverTime.skew ?? 0) - skewBefore) > disturbingSkew;
    if (!isCorrected || !isInfisicalError(error) || signal.aborted) throw error;
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
  const why = response?.accessToken ? "an invalid accessToken" : "no accessToken";
  throw new InfisicalSDKError(`The ${name} login response has ${why}.`, { code: "INVALID_RESPONSE" });
}

/** Statuses that say "later", not "no". */
const passingStatuses: readonly (number | undefined)[] = [408, 429];

/** What a gateway answered, or what a strategy knows to be an outage in spite of its status, is not a refusal. */
const notRefusals: readonly InfisicalErrorCode[] = ["GATEWAY_ERROR", "SERVER_ERROR"];

/** Rewords a failure as that of a login if Infisical refused it; `undefined` for any other failure. */
export function asLoginRefusal(error: unknown, strategyName: string): InfisicalSDKRequestError | undefined {
  if (!isRequestError(error) || notRefusals.includes(error.code)) return undefined;
  const { code, statusCode = 0 } = error;
  if (code === "AUTH_FAILED") return error;
  if (statusCode < 400 || statusCode >= 500 || passingStatuses.includes(statusCode)) return undefined;
  return rewordRequestError(
    error,
    (text) => `Login with ${strategyName} was refused: ${text}`,
    "AUTH_FAILED",
  );
}

/**
 * Rewords the failure, whatever it is, of a login that was meant to replace a refused token.
 *
 * The server has refused this client. Until it accepts it again, this is not an outage, in which old values may serve.
 */
export function asTokenRefusal(error: unknown, strategyName: string): InfisicalSDKError | undefined {
  if (!isInfisicalError(error) || error.code === "CLIENT_CLOSED") return undefined;
  const reword = (text: string): string =>
    `The token was refused, and a new login with ${strategyName} failed: ${text}`;
  if (isRequestError(error)) return rewordRequestError(error, reword, "UNAUTHORIZED");
  return new InfisicalSDKError(reword(error.message), { code: "UNAUTHORIZED" });
}

/** Not by instanceof: a strategy may bring its own copy of this package. */
function isRequestError(error: unknown): error is InfisicalSDKRequestError {
  return isInfisicalError(error) && error.name === "InfisicalSDKRequestError";
}

/** The error of a call that needs a token if there is no way to get one. */
function notAuthenticated(): InfisicalSDKError {
  return new InfisicalSDKError(
    "Not logged in: pass `auth` to the client, or call auth().login() or auth().accessToken() first.",
    { code: "NOT_AUTHENTICATED" },
  );
}

/** The wait before the third login in a row; it doubles with every further one. In milliseconds. */
const firstWait = 1000;
const longestWait = 10_000;

/** After such a pause, a login begins a new row. */
const endOfRow = 30_000;

/** How often a row can restart because a token was accepted: a single route may refuse what others accept. */
const mostAccepted = 3;

/**
 * Spaces out logins that follow one another because each failed, or brought a token that was refused.
 *
 * The second in a row may follow immediately: the reason for refusing a token need not apply to a new one.
 */
export class LoginPace {
  #inRow = 0;
  #accepted = 0;
  #beganAt = 0;

  /** Notes that a login begins. */
  begin(now: number): void {
    if (this.#isRowOver(now)) this.reset();
    this.#inRow += 1;
    this.#beganAt = now;
  }

  /** Notes that the last token lasted as long as it should. */
  reset(): void {
    this.#inRow = 0;
    this.#accepted = 0;
  }

  /** Notes that the server accepted the token of the last login. */
  accept(): void {
    if (this.#inRow < 2 || this.#accepted >= mostAccepted) return;
    this.#inRow = 1;
    this.#accepted += 1;
  }

  /** Whether the next login has to wait. */
  isTooSoon(now: number): boolean {
    if (this.#inRow < 2 || this.#isRowOver(now)) return false;
    return now - this.#beganAt < Math.min(firstWait * 2 ** (this.#inRow - 2), longestWait);
  }

  /** A row that began far in the future is over: the clock was set back. */
  #isRowOver(now: number): boolean {
    return Math.abs(now - this.#beganAt) >= endOfRow;
  }
}
