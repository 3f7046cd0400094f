import type { AuthStrategy } from "../auth-strategy.ts";
import type { Clock } from "../clock.ts";
import { InfisicalSDKError } from "../errors/infisical-sdk-error.ts";
import type { HttpClient } from "../http-client.ts";
import { Identity } from "./identity.ts";
import { type Token, tokenFromCaller } from "./token.ts";
import { revokeToken } from "./token-endpoints.ts";
import { isTokenRefusal } from "./token-refusal.ts";
import { waitFor } from "./wait-for.ts";

interface SessionOptions {
  readonly strategy: AuthStrategy | undefined;
  /** Sends requests without a token. */
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** Who a client acts as. Switching replaces the identity, and with it all that the old one had in flight. */
export class Session {
  readonly #http: HttpClient;
  readonly #clock: Clock;
  #identity: Identity;

  constructor({ strategy, http, clock }: SessionOptions) {
    this.#http = http;
    this.#clock = clock;
    this.#identity = new Identity({ strategy, http, clock });
  }

  get identity(): Identity {
    return this.#identity;
  }

  /** A token for one call, at once where there is one. */
  token(signal: AbortSignal | undefined): Token | Promise<Token> {
    return this.#identity.ready() ?? this.#ask((identity) => identity.token(), signal);
  }

  /** A token for the replay of a call whose token was refused; `undefined` if there is none to be had. */
  replacementFor(refused: Token, signal: AbortSignal | undefined): Promise<Token | undefined> {
    return this.#ask((identity) => identity.replacementFor(refused), signal);
  }

  async login(strategy?: AuthStrategy): Promise<void> {
    if (strategy && strategy !== this.#identity.strategy) this.#switchTo(strategy);
    await this.#ask((identity) => identity.login());
  }

  async renew(): Promise<void> {
    await this.#ask((identity) => identity.refresh());
  }

  async revoke(): Promise<void> {
    const identity = this.#identity;
    if (identity.current) {
      try {
        await revokeToken(this.#http, identity.current.value);
      } catch (error) {
        // A token that the server no longer takes is as good as revoked.
        if (!isTokenRefusal(error)) throw error;
      }
    }
    if (identity === this.#identity) this.#switchTo(identity.strategy);
  }

  useToken(accessToken: string): void {
    this.#switchTo(undefined, tokenFromCaller(accessToken, this.#clock.now()));
  }

  #switchTo(strategy: AuthStrategy | undefined, token?: Token): void {
    this.#identity.retire();
    this.#identity = new Identity({ strategy, token, http: this.#http, clock: this.#clock });
  }

  /** Asks the current identity, and the next one if it was switched meanwhile. */
  async #ask<Answer>(
    question: (identity: Identity) => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    for (;;) {
      if (signal?.aborted) throw signal.reason;
      const identity = this.#identity;
      try {
        const answer = await waitFor(question(identity), signal);
        if (identity === this.#identity) return answer;
      } catch (error) {
        if (identity === this.#identity || signal?.aborted) throw error;
      }
    }
  }
}

/** Checks a token that the caller brought along. It is never repeated in an error. */
export function checkAccessToken(accessToken: unknown): string {
  const valid = typeof accessToken === "string" && /^[\x21-\x7e]+$/.test(accessToken);
  if (valid) return accessToken;
  throw new InfisicalSDKError('accessToken must be a token as the server gave it, without "Bearer ".', {
    code: "INVALID_OPTION",
  });
}
