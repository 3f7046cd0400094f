import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import type { CallOptions } from "../contracts/http-client.ts";
import { cloneError } from "../errors/errors.ts";
import { abortable } from "../support/abort.ts";
import { parseTimeout } from "../support/duration.ts";
import { abortReason } from "../support/signal.ts";
import { Identity } from "./identity.ts";
import type { LoginTools } from "./obtain-token.ts";
import { isTokenRefusal, type Token, tokenFromCaller } from "./token.ts";
import { withinTime } from "./within-time.ts";

/** What limits the wait of one call for its token. */
type CallLimits = Pick<CallOptions, "signal" | "timeout">;

/** Who a client acts as. Switching replaces the identity, and with it all that the old one had in flight. */
export class Session {
  readonly #tools: LoginTools;
  #identity: Identity;

  constructor({ strategy, ...tools }: LoginTools & { readonly strategy: AuthStrategy | undefined }) {
    this.#tools = tools;
    this.#identity = new Identity({ ...tools, strategy, token: undefined });
  }

  /** The token in use; `undefined` before the first login. */
  get accessToken(): string | undefined {
    return this.#identity.current?.value;
  }

  /** Stands for who the client acts as: another object after a switch. */
  get identityKey(): object {
    return this.#identity.key;
  }

  /** A token for one call, at once where there is one. */
  token(limits: CallLimits): Token | Promise<Token> {
    return this.#identity.ready() ?? this.#ask((identity) => identity.token(), limits);
  }

  /** A token for the replay of a call whose token was refused. Rejects with the refusal if there is no other now. */
  replacementFor(refused: Token, limits: CallLimits): Promise<Token> {
    return this.#ask((identity) => identity.replacementFor(refused), limits);
  }

  /** Notes that the server accepted the token of a call. */
  accept(token: Token): void {
    this.#identity.accept(token);
  }

  /** Notes that the server refused the token of a call. */
  refuse(token: Token, error: unknown): void {
    this.#identity.refuse(token, error);
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
    // A refresh that is under way brings a token that would outlive the one before it.
    await identity.settled();
    if (identity.current) {
      try {
        const body = { accessToken: identity.current.value };
        const path = "/api/v1/auth/token/revoke";
        await this.#tools.http.request({ method: "POST", path, body, expect: { message: "string" } });
      } catch (error) {
        // A token that the server no longer accepts is as good as revoked.
        if (!isTokenRefusal(error)) throw error;
      }
    }
    if (identity === this.#identity) this.#switchTo(identity.strategy);
  }

  /** Ends what the session has in flight, for good. */
  end(reason: Error): void {
    this.#identity.retire(reason);
  }

  useToken(accessToken: string): void {
    this.#switchTo(undefined, tokenFromCaller(accessToken, this.#tools.clock.now()));
  }

  #switchTo(strategy: AuthStrategy | undefined, token?: Token): void {
    this.#identity.retire();
    this.#identity = new Identity({ ...this.#tools, strategy, token });
  }

  /**
   * Asks the current identity, and the next one if it was switched before the answer came.
   *
   * An answer of an identity that is no longer current is worth nothing: a token of it would let a call act as
   * somebody else, and a failure of it says nothing about the identity that the caller has now.
   */
  async #ask<Answer>(
    question: (identity: Identity) => Promise<Answer>,
    limits: CallLimits = {},
  ): Promise<Answer> {
    const { signal, timeout } = limits;
    for (;;) {
      if (signal?.aborted) throw abortReason(signal);
      const identity = this.#identity;
      try {
        const asked = question(identity);
        const answer = await (timeout === undefined
          ? abortable(asked, signal)
          : withinTime(parseTimeout("timeout", timeout), "The wait for the login", signal, () => asked));
        if (identity === this.#identity) return answer;
      } catch (error) {
        if (signal?.aborted) throw error;
        // Many wait for the same login, and each of them may do with its error as it likes.
        if (identity === this.#identity) throw cloneError(error);
      }
    }
  }
}
