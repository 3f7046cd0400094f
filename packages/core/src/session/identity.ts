import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { LoginPace } from "./login-pace.ts";
import { asLoginRefusal, asTokenRefusal } from "./login-refusal.ts";
import { type LoginTools, logIn, renewToken } from "./obtain-token.ts";
import type { Token } from "./token.ts";
import { withinTime } from "./within-time.ts";

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
  readonly #pace = new LoginPace();
  #token: Token | undefined;
  #refreshing: Promise<Token> | undefined;
  #failure: { readonly error: unknown; readonly at: number; readonly isRefusal: boolean } | undefined;
  /** Whether the server refused the last token before its time. */
  #wasRefused = false;
  /** The token that the last refresh was to follow. */
  #outlived: Token | undefined;
  /** The token of the last login, as long as the server has not accepted it. */
  #unproven: Token | undefined;

  constructor({ strategy, token, ...tools }: IdentityOptions) {
    this.strategy = strategy;
    this.#token = token;
    this.#tools = tools;
  }

  /** The token that calls use now, if there is one. */
  get current(): Token | undefined {
    return this.#token;
  }

  /** The token for a call that need not wait for one; `undefined` if it must. Takes one of the token's uses. */
  ready(): Token | undefined {
    const token = this.#token;
    if (!token) return undefined;
    if (this.strategy && token.refreshAt !== undefined && this.#now() >= token.refreshAt)
      this.#outlive(token);
    if (this.#isOver(token) || token.usesLeft === 0) return undefined;
    token.usesLeft -= 1;
    if (this.#outlived === token && !this.#pace.isTooSoon(this.#now())) {
      // The call goes on with the token it has; a failure shows once that one has expired.
      this.refresh().catch(() => undefined);
    }
    return token;
  }

  /** Resolves to a token that can be used now: the current one, or a new one. */
  async token(): Promise<Token> {
    for (;;) {
      const token = this.ready();
      if (token) return token;
      if (this.#token?.usesLeft === 0) this.#outlive(this.#token);
      await this.refresh();
    }
  }

  /** Notes that the server refused a token: what it said is what calls fail with that come too early for another. */
  refuse(token: Token, error: unknown): void {
    if (token === this.#token) this.#failure = { error, at: this.#now(), isRefusal: false };
  }

  /** Notes that the server accepted a token. */
  accept(token: Token): void {
    if (token !== this.#unproven) return;
    this.#unproven = undefined;
    this.#pace.accept();
  }

  /** Resolves to the token to use after one was refused. Rejects with the refusal if there is no other now. */
  async replacementFor(refused: Token): Promise<Token> {
    if (this.#token !== refused) return this.token();
    const refusal = this.#failure?.error;
    // The token is kept: what refuses a new one at once may be the route, and others take it.
    if (!this.strategy || (!this.#refreshing && this.#pace.isTooSoon(this.#now()))) throw refusal;
    this.#token = undefined;
    this.#wasRefused = true;
    const replacement = await this.token();
    // A strategy that always presents the same token has no other.
    if (replacement.value === refused.value) throw refusal;
    return replacement;
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
    this.#failure = undefined;
    this.#pace.reset();
    if (this.#refreshing) return this.#refreshing;
    this.#token = undefined;
    return this.refresh();
  }

  /** Resolves when nothing is under way any more. Never rejects. */
  async settled(): Promise<void> {
    await this.#refreshing?.catch(() => undefined);
  }

  /** Ends what this identity has in flight. */
  retire(reason?: Error): void {
    this.#retired.abort(reason);
  }

  async #obtain(): Promise<Token> {
    this.#throwIfTooSoon();
    try {
      this.#token = await this.#withinLimits(async (signal) => {
        const renewed = await renewToken(this.#renewable(), this.strategy !== undefined, this.#tools, signal);
        if (renewed) return renewed;
        this.#unproven = undefined;
        this.#pace.begin(this.#now());
        return logIn(this.strategy, this.#tools, signal);
      });
      this.#unproven = this.#token;
      this.#failure = undefined;
      this.#wasRefused = false;
      return this.#token;
    } catch (error) {
      const name = this.strategy?.name ?? "";
      const refusal = asLoginRefusal(error, name);
      const failed = refusal ?? (this.#wasRefused ? asTokenRefusal(error, name) : undefined) ?? error;
      this.#failure = { error: failed, at: this.#now(), isRefusal: refusal !== undefined };
      throw failed;
    }
  }

  /** What failed just now fails the calls that come too early for another attempt. */
  #throwIfTooSoon(): void {
    const now = this.#now();
    const { error, at, isRefusal } = this.#failure ?? { error: undefined, at: 0, isRefusal: false };
    const age = now - at;
    // A refusal dated in the future does not count: the clock was set back.
    if (isRefusal && age >= 0 && age < refusalCoolDown) throw error;
    if (this.#failure && this.#pace.isTooSoon(now)) throw error;
  }

  /** Runs work with a signal that aborts when the time is over, or the identity is no longer wanted. */
  #withinLimits(work: (signal: AbortSignal) => Promise<Token>): Promise<Token> {
    const what = this.strategy ? `The login with ${this.strategy.name}` : "The renewal of the token";
    return withinTime(this.#tools.timeout, what, this.#retired.signal, work);
  }

  /** The current token, where a renewal of it gives a full lifetime. */
  #renewable(): Token | undefined {
    const token = this.#token;
    const isUsable = token && !this.#isOver(token) && token.usesLeft > 0;
    return isUsable && token.canRenew(this.#now()) ? token : undefined;
  }

  /** Notes that a token has lived its life, so that the login after it begins no row of failures. */
  #outlive(token: Token): void {
    if (this.#outlived === token) return;
    this.#outlived = token;
    // One that the server has never accepted has not lived.
    if (token !== this.#unproven) this.#pace.reset();
  }

  #now(): number {
    return this.#tools.clock.now();
  }

  #isOver({ expiresAt }: Token): boolean {
    // Without a strategy there is nothing better to send: the server says what is wrong with it.
    return this.strategy !== undefined && expiresAt !== undefined && this.#now() >= expiresAt;
  }
}
