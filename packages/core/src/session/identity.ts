import type { AuthStrategy, LoginResponse } from "../auth-strategy.ts";
import type { Clock } from "../clock.ts";
import { InfisicalSDKError } from "../errors/infisical-sdk-error.ts";
import type { HttpClient } from "../http-client.ts";
import { asLoginRefusal, refusalCoolDown } from "./login-refusal.ts";
import { type Token, tokenFromReply } from "./token.ts";
import { renewToken } from "./token-endpoints.ts";

interface IdentityOptions {
  readonly strategy: AuthStrategy | undefined;
  readonly token?: Token | undefined;
  /** Sends requests without a token. */
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** One identity of a client: how it logs in, the token it has, and what it has in flight. */
export class Identity {
  readonly strategy: AuthStrategy | undefined;
  /** Stands for this identity where middleware sees it: an object that leads nowhere. */
  readonly key: object = Object.freeze({});
  readonly #http: HttpClient;
  readonly #clock: Clock;
  readonly #retired = new AbortController();
  #token: Token | undefined;
  #refreshing: Promise<Token> | undefined;
  #refusal: { readonly error: Error; readonly at: number } | undefined;

  constructor({ strategy, token, http, clock }: IdentityOptions) {
    this.strategy = strategy;
    this.#token = token;
    this.#http = http;
    this.#clock = clock;
  }

  /** The token that calls use now, if there is one. */
  get current(): Token | undefined {
    return this.#token;
  }

  /** The token for a call that need not wait for one; `undefined` if it must. */
  ready(): Token | undefined {
    const token = this.#token;
    if (!token || this.#isOver(token)) return undefined;
    if (this.strategy && token.refreshAt !== undefined && this.#clock.now() >= token.refreshAt) {
      // Beside the call, which goes on with the token it has: a failure shows when that one is over.
      this.refresh().catch(() => undefined);
    }
    return token;
  }

  /** Gives a token that can be used now: the current one, or a new one once it has arrived. */
  async token(): Promise<Token> {
    return this.ready() ?? this.refresh();
  }

  /** Gives the token to use after one was refused; `undefined` if there is no way to get another. */
  async replacementFor(refused: Token): Promise<Token | undefined> {
    if (this.#token !== refused) return this.token();
    if (!this.strategy) return undefined;
    this.#token = undefined;
    return this.refresh();
  }

  /** Gets a new token, by renewal where that can work, else by login; once for all who ask meanwhile. */
  refresh(): Promise<Token> {
    this.#refreshing ??= this.#obtain().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Logs in anew, whatever was refused before; once for all who ask meanwhile. */
  login(): Promise<Token> {
    this.#refusal = undefined;
    if (this.#refreshing) return this.#refreshing;
    this.#token = undefined;
    return this.refresh();
  }

  /** Ends what this identity has in flight. */
  retire(): void {
    this.#retired.abort();
  }

  async #obtain(): Promise<Token> {
    const renewed = await this.#tryRenewal();
    this.#token = renewed ?? (await this.#logIn());
    return this.#token;
  }

  async #tryRenewal(): Promise<Token | undefined> {
    const token = this.#token;
    if (!token || this.#isOver(token) || !token.canRenew(this.#clock.now())) return undefined;
    try {
      const reply = await renewToken(this.#http, token.value, this.#retired.signal);
      return tokenFromReply(reply, this.#clock.now(), token.loggedInAt);
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
      const reply = await strategy.login({
        http: this.#http,
        signal: this.#retired.signal,
        clock: this.#clock,
      });
      this.#refusal = undefined;
      return tokenFromReply(checkReply(reply, strategy.name), this.#clock.now());
    } catch (error) {
      const refusal = asLoginRefusal(error, strategy.name);
      if (!refusal) throw error;
      this.#refusal = { error: refusal, at: this.#clock.now() };
      throw refusal;
    }
  }

  /** A refusal in the future is none to go by: the clock was set back. */
  #isFresh(refusedAt: number): boolean {
    const age = this.#clock.now() - refusedAt;
    return age >= 0 && age < refusalCoolDown;
  }

  #isOver({ expiresAt }: Token): boolean {
    // Without a strategy there is nothing better to send: the server says what is wrong with it.
    return this.strategy !== undefined && expiresAt !== undefined && this.#clock.now() >= expiresAt;
  }
}

function checkReply(reply: LoginResponse | undefined, strategyName: string): LoginResponse {
  if (typeof reply?.accessToken === "string" && reply.accessToken !== "") return reply;
  throw new InfisicalSDKError(`Login with ${strategyName} gave no accessToken.`, {
    code: "INVALID_RESPONSE",
  });
}

function notAuthenticated(): InfisicalSDKError {
  return new InfisicalSDKError(
    "The client has no way to log in: give it the option `auth`, or call auth().login() or auth().accessToken() first.",
    { code: "NOT_AUTHENTICATED" },
  );
}
