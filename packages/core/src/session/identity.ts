import type { AuthStrategy, LoginContext, LoginResponse } from "../contracts/auth-strategy.ts";
import {
  InfisicalSDKError,
  type InfisicalSDKRequestError,
  isInfisicalError,
  rewordRequestError,
} from "../errors/errors.ts";
import type { Clock } from "../support/clock.ts";
import { type Token, tokenFromResponse } from "./token.ts";

/** What every login of a client uses: a client without a token, a transport, and the client's clock. */
export interface LoginTools extends Pick<LoginContext, "http" | "transport"> {
  readonly clock: Clock;
}

interface IdentityOptions extends LoginTools {
  readonly strategy: AuthStrategy | undefined;
  readonly token?: Token | undefined;
}

/** How long a refused login is not repeated, in milliseconds: three failures in a row lock an identity. */
const refusalCoolDown = 10_000;

/** One identity of a client: how it logs in, the token it has, and what it has in flight. */
export class Identity {
  readonly strategy: AuthStrategy | undefined;
  /** Stands for this identity where middleware sees it: an empty frozen object, usable only as a key. */
  readonly key: object = Object.freeze({});
  readonly #tools: LoginTools;
  readonly #retired = new AbortController();
  #token: Token | undefined;
  #refreshing: Promise<Token> | undefined;
  #refusal: { readonly error: Error; readonly at: number } | undefined;

  constructor({ strategy, token, ...tools }: IdentityOptions) {
    this.strategy = strategy;
    this.#token = token;
    this.#tools = tools;
  }

  /** The token that calls use now, if there is one. */
  get current(): Token | undefined {
    return this.#token;
  }

  /** The token for a call that need not wait for one; `undefined` if it must. */
  ready(): Token | undefined {
    const token = this.#token;
    if (!token || this.#isOver(token)) return undefined;
    if (this.strategy && token.refreshAt !== undefined && this.#now() >= token.refreshAt) {
      // The call goes on with the token it has; a failure shows once that one has expired.
      this.refresh().catch(() => undefined);
    }
    return token;
  }

  /** Resolves to a token that can be used now: the current one, or a new one. */
  async token(): Promise<Token> {
    return this.ready() ?? this.refresh();
  }

  /** Resolves to the token to use after one was refused; `undefined` if there is no way to get another. */
  async replacementFor(refused: Token): Promise<Token | undefined> {
    if (this.#token !== refused) return this.token();
    if (!this.strategy) return undefined;
    this.#token = undefined;
    const replacement = await this.refresh();
    // A strategy that always presents the same token has no other.
    return replacement.value === refused.value ? undefined : replacement;
  }

  /** Gets a new token, by renewal where that can work, otherwise by login; once for all who ask until then. */
  refresh(): Promise<Token> {
    this.#refreshing ??= this.#obtain().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Logs in anew, whatever was refused before; once for all who ask until then. */
  login(): Promise<Token> {
    this.#refusal = undefined;
    if (this.#refreshing) return this.#refreshing;
    this.#token = undefined;
    return this.refresh();
  }

  /** Ends what this identity has in flight. */
  retire(reason?: Error): void {
    this.#retired.abort(reason);
  }

  async #obtain(): Promise<Token> {
    const renewed = await this.#tryRenewal();
    this.#token = renewed ?? (await this.#logIn());
    return this.#token;
  }

  async #tryRenewal(): Promise<Token | undefined> {
    const token = this.#token;
    if (!token || this.#isOver(token) || !token.canRenew(this.#now())) return undefined;
    try {
      const response = await this.#tools.http.request<LoginResponse>({
        method: "POST",
        path: "/api/v1/auth/token/renew",
        body: { accessToken: token.value },
        signal: this.#retired.signal,
        expect: { accessToken: "string" },
      });
      return tokenFromResponse(response, this.#now(), token.loggedInAt);
    } catch (error) {
      if (!this.strategy) throw error;
      return undefined;
    }
  }

  async #logIn(): Promise<Token> {
    const { strategy } = this;
    if (!strategy) throw notAuthenticated();
    if (this.#refusal && this.#isFresh(this.#refusal.at)) throw this.#refusal.error;
    try {
      const response = await strategy.login({ ...this.#tools, signal: this.#retired.signal });
      this.#refusal = undefined;
      return tokenFromResponse(parseLogin(response, strategy.name), this.#now());
    } catch (error) {
      const refusal = asLoginRefusal(error, strategy.name);
      if (!refusal) throw error;
      this.#refusal = { error: refusal, at: this.#now() };
      throw refusal;
    }
  }

  #now(): number {
    return this.#tools.clock.now();
  }

  /** A refusal dated in the future does not count: the clock was set back. */
  #isFresh(refusedAt: number): boolean {
    const age = this.#now() - refusedAt;
    return age >= 0 && age < refusalCoolDown;
  }

  #isOver({ expiresAt }: Token): boolean {
    // Without a strategy there is nothing better to send: the server says what is wrong with it.
    return this.strategy !== undefined && expiresAt !== undefined && this.#now() >= expiresAt;
  }
}

function parseLogin(response: LoginResponse | undefined, strategyName: string): LoginResponse {
  if (typeof response?.accessToken === "string" && response.accessToken !== "") return response;
  throw new InfisicalSDKError(`The ${strategyName} login returned no accessToken.`, {
    code: "INVALID_RESPONSE",
  });
}

/** Statuses that say "later", not "no". */
const passingStatuses: readonly (number | undefined)[] = [408, 429];

/** Marks a login's failure as such where the server said no; any other failure stays what it is. */
function asLoginRefusal(error: unknown, strategyName: string): InfisicalSDKRequestError | undefined {
  // Not by instanceof: a strategy may bring a copy of this package along.
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return undefined;
  const { statusCode = 0 } = error;
  if (statusCode < 400 || statusCode >= 500 || passingStatuses.includes(statusCode)) return undefined;
  return rewordRequestError(
    error,
    (text) => `Login with ${strategyName} was refused: ${text}`,
    "AUTH_FAILED",
  );
}

function notAuthenticated(): InfisicalSDKError {
  return new InfisicalSDKError(
    "Not logged in: pass `auth` to the client, or call auth().login() or auth().accessToken() first.",
    { code: "NOT_AUTHENTICATED" },
  );
}
