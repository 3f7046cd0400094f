import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { abortable } from "../support/abort.ts";
import { Identity, type LoginTools } from "./identity.ts";
import { isTokenRefusal, type Token, tokenFromCaller } from "./token.ts";

/** Who a client acts as. Switching replaces the identity, and with it all that the old one had in flight. */
export class Session {
  readonly #tools: LoginTools;
  #identity: Identity;

  constructor({ strategy, ...tools }: LoginTools & { readonly strategy: AuthStrategy | undefined }) {
    this.#tools = tools;
    this.#identity = new Identity({ ...tools, strategy });
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
  token(signal: AbortSignal | undefined): Token | Promise<Token> {
    return this.#identity.ready() ?? this.#ask((identity) => identity.token(), signal);
  }

  /** A token for the replay of a call whose token was refused; `undefined` if none can be obtained. */
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
        const body = { accessToken: identity.current.value };
        await this.#tools.http.request({ method: "POST", path: "/api/v1/auth/token/revoke", body });
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
    signal?: AbortSignal,
  ): Promise<Answer> {
    for (;;) {
      if (signal?.aborted) throw signal.reason;
      const identity = this.#identity;
      try {
        const answer = await abortable(question(identity), signal);
        if (identity === this.#identity) return answer;
      } catch (error) {
        if (identity === this.#identity || signal?.aborted) throw error;
      }
    }
  }
}
