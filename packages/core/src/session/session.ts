import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import type { CallOptions } from "../contracts/http-client.ts";
import type { ApiRequest, Next } from "../contracts/middleware.ts";
import type { InfisicalSDKRequestError } from "../errors/errors.ts";
import { cloneError } from "../errors/make-error.ts";
import type { Send } from "../http/send.ts";
import { parseTimeout } from "../support/time.ts";
import { abortable, abortReason, withinTime } from "../support/wait.ts";
import { Identity } from "./identity.ts";
import type { LoginTools } from "./login.ts";
import { isTokenRefusal, type Token, tokenFromCaller } from "./token.ts";

/** What limits the wait of one call for its token. */
type CallLimits = Pick<CallOptions, "signal" | "timeout">;

/** Inherits nothing, so that nobody else's signal ends the wait. */
const noLimits: CallLimits = Object.freeze(Object.create(null));

/** Who a client acts as. Switching replaces the identity, and ends what the old one has in flight. */
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

  /** Represents who the client acts as: another object after a switch. */
  get identityKey(): object {
    return this.#identity.key;
  }

  /** A token for one call, without a promise if there is one already. */
  token(limits: CallLimits): Token | Promise<Token> {
    return this.#identity.ready() ?? this.#ask((identity) => identity.token(), limits);
  }

  /** A token for the replay of a call whose token was refused. Rejects with the refusal if no other is available now. */
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
    // A refresh in flight brings a token that would outlive the current one.
    await identity.settled();
    if (identity.current) {
      try {
        const body = { accessToken: identity.current.value };
        const request = {
          operation: "auth.revoke",
          method: "POST",
          path: "/api/v1/auth/token/revoke",
        } as const;
        await this.#tools.revocationHttp.request({ ...request, body, expect: { message: "string" } });
      } catch (error) {
        // A token that the server no longer accepts is as good as revoked.
        if (!isTokenRefusal(error)) throw error;
      }
    }
    if (identity === this.#identity) this.#switchTo(identity.strategy);
  }

  /** Ends what the session has in flight, permanently. */
  end(reason: Error): void {
    this.#identity.retire(reason);
  }

  useToken(accessToken: string): void {
    this.#tools.hold(accessToken);
    this.#switchTo(undefined, tokenFromCaller(accessToken, this.#tools.clock.now()));
  }

  #switchTo(strategy: AuthStrategy | undefined, token?: Token): void {
    this.#identity.retire();
    this.#identity = new Identity({ ...this.#tools, strategy, token });
  }

  /**
   * Asks the current identity, and the next one if it was switched before the answer came.
   *
   * The answer of an identity that is no longer current is worthless: its token would let a call act as somebody else,
   * and its failure says nothing about the identity that the caller has now.
   */
  async #ask<Answer>(
    question: (identity: Identity) => Promise<Answer>,
    limits: CallLimits = noLimits,
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
        // Many calls wait for the same login, and each caller can change its error.
        if (identity === this.#identity) throw cloneError(error);
      }
    }
  }
}

/** Sends requests with the session's token; one that the server refuses is replaced and the call replayed once. */
export function withSession(session: Session, send: Send): Next {
  return async (request) => {
    const token = await session.token(request);
    try {
      const response = await send(request, token.value);
      session.accept(token);
      return response;
    } catch (error) {
      if (!isTokenRefusal(error)) throw error;
      noteRefusal(session, token, request, error);
    }
    const replacement = await session.replacementFor(token, request);
    try {
      const response = await send(request, replacement.value);
      session.accept(replacement);
      return response;
    } catch (error) {
      if (isTokenRefusal(error)) noteRefusal(session, replacement, request, error);
      throw error;
    }
  };
}

function noteRefusal(
  session: Session,
  token: Token,
  { emit }: ApiRequest,
  error: InfisicalSDKRequestError,
): void {
  session.refuse(token, error);
  emit?.("token-refused", { statusCode: error.statusCode });
}
