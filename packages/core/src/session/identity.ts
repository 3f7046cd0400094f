import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { createIdentityKey } from "../contracts/identity-key.ts";
import type { InfisicalSDKRequestError } from "../errors/errors.ts";
import { withinTime } from "../support/wait.ts";
import { asLoginRefusal, asTokenRefusal, LoginPace, type LoginTools, logIn, renewToken } from "./login.ts";
import type { Token } from "./token.ts";

interface IdentityOptions extends LoginTools {
  readonly strategy: AuthStrategy | undefined;
  readonly token?: Token | undefined;
}

/** How long a refused login is not repeated, in milliseconds. */
const firstCoolDown = 10_000;

/** How long it is not repeated from the second refusal in a row: three within 30 seconds lock an identity. */
const laterCoolDown = 40_000;

/** Why there is no new token. */
interface Failure {
  readonly error: unknown;
  /** When it came, by the client's clock. */
  readonly at: number;
  /** How long no further login is attempted, in milliseconds. */
  readonly coolDown: number;
}

/** One identity of a client: how it logs in, its token, and what it has in flight. */
export class Identity {
  readonly strategy: AuthStrategy | undefined;
  /** Represents this identity to middleware: an empty frozen object, usable only as a key. */
  readonly key: object;
  readonly #tools: LoginTools;
  readonly #retired = new AbortController();
  readonly #pace = new LoginPace();
  #token: Token | undefined;
  #refreshing: Promise<Token> | undefined;
  #failure: Failure | undefined;
  /** How many logins in a row the server refused. */
  #refusals = 0;
  /** Whether the server refused the last token before it expired. */
  #wasRefused = false;
  /** The token that the last refresh was meant to replace. */
  #outlived: Token | undefined;
  /** The token of the last login, until the server has accepted it. */
  #unproven: Token | undefined;

  constructor({ strategy, token, ...tools }: IdentityOptions) {
    this.strategy = strategy;
    this.key = createIdentityKey(tools.siteUrl, strategy?.subject);
    this.#token = token;
    this.#tools = tools;
  }

  /** The token that calls use now, if there is one. */
  get current(): Token | undefined {
    return this.#token;
  }

  /** The token for a call that need not wait for one; `undefined` if it must. Counts as one of the token's uses. */
  ready(): Token | undefined {
    const token = this.#token;
    if (!token) return undefined;
    if (this.strategy && token.refreshAt !== undefined && this.#now() >= token.refreshAt)
      this.#outlive(token);
    if (this.#isExpired(token) || token.usesLeft === 0) return undefined;
    token.usesLeft -= 1;
    if (this.#outlived === token && !this.#pace.isTooSoon(this.#now())) {
      // The call continues with the token it has; a failure shows once that token has expired.
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

  /** Notes that the server refused a token: calls that come too early for another one fail with its error. */
  refuse(token: Token, error: unknown): void {
    if (token === this.#token) this.#failure = { error, at: this.#now(), coolDown: 0 };
  }

  /** Notes that the server accepted a token. */
  accept(token: Token): void {
    if (token !== this.#unproven) return;
    this.#unproven = undefined;
    this.#pace.accept();
  }

  /** Resolves to the token to use after one was refused. Rejects with the refusal if no other is available now. */
  async replacementFor(refused: Token): Promise<Token> {
    if (this.#token !== refused) return this.token();
    const refusal = this.#failure?.error;
    // The token is kept: the route may be what refuses a new one, and others may accept it.
    if (!this.strategy || (!this.#refreshing && this.#pace.isTooSoon(this.#now()))) throw refusal;
    this.#token = undefined;
    this.#wasRefused = true;
    const replacement = await this.token();
    // A strategy that always presents the same token has no other one.
    if (replacement.value === refused.value) throw refusal;
    return replacement;
  }

  /** Gets a new token, by renewal if that can work, otherwise by login; once for everybody who asks until then. */
  refresh(): Promise<Token> {
    this.#refreshing ??= this.#obtain().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Logs in again, whatever was refused before; once for everybody who asks until then. */
  login(): Promise<Token> {
    this.#failure = undefined;
    this.#refusals = 0;
    this.#pace.reset();
    if (this.#refreshing) return this.#refreshing;
    this.#token = undefined;
    return this.refresh();
  }

  /** Resolves when nothing is in flight any more. Never rejects. */
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
        const renewed = await renewToken(this.#renewable(), this.strategy, this.#tools, signal);
        if (renewed) return renewed;
        this.#unproven = undefined;
        this.#pace.begin(this.#now());
        return logIn(this.strategy, this.#tools, signal);
      });
      this.#tools.hold(this.#token.value);
      this.#unproven = this.#token;
      this.#failure = undefined;
      this.#refusals = 0;
      this.#wasRefused = false;
      return this.#token;
    } catch (error) {
      const { strategy } = this;
      const refusal = strategy && asLoginRefusal(error, strategy.name);
      const failed =
        refusal ?? (strategy && this.#wasRefused ? asTokenRefusal(error, strategy.name) : undefined) ?? error;
      this.#failure = { error: failed, at: this.#now(), coolDown: this.#coolDownAfter(refusal) };
      throw failed;
    }
  }

  /** Fails the calls that come too early for another attempt, with the error of the last one. */
  #throwIfTooSoon(): void {
    const now = this.#now();
    if (!this.#failure) return;
    const { error, at, coolDown } = this.#failure;
    const age = now - at;
    // A failure dated in the future does not count: the clock was set back.
    if ((age >= 0 && age < coolDown) || this.#pace.isTooSoon(now)) throw error;
  }

  /** How long to wait after a login that failed. What may be an outage, such as a 500, does not make the wait longer. */
  #coolDownAfter(refusal: InfisicalSDKRequestError | undefined): number {
    if (!refusal) return 0;
    if ((refusal.statusCode ?? 0) < 500) this.#refusals += 1;
    return this.#refusals > 1 ? laterCoolDown : firstCoolDown;
  }

  /** Runs work with a signal that aborts when the time is up, or when the identity is no longer wanted. */
  #withinLimits(work: (signal: AbortSignal) => Promise<Token>): Promise<Token> {
    const what = this.strategy ? `The login with ${this.strategy.name}` : "The renewal of the token";
    return withinTime(this.#tools.timeout, what, this.#retired.signal, work);
  }

  /** The current token, if renewing it brings a full lifetime. */
  #renewable(): Token | undefined {
    const token = this.#token;
    const isUsable = token && !this.#isExpired(token) && token.usesLeft > 0;
    return isUsable && token.canRenew(this.#now()) ? token : undefined;
  }

  /** Notes that a token has served its life, so that the login after it does not begin a row of failures. */
  #outlive(token: Token): void {
    if (this.#outlived === token) return;
    this.#outlived = token;
    // A token that the server has never accepted has not served.
    if (token !== this.#unproven) this.#pace.reset();
  }

  #now(): number {
    return this.#tools.clock.now();
  }

  #isExpired({ expiresAt }: Token): boolean {
    // Without a strategy there is nothing better to send, and the server says what is wrong with it.
    return this.strategy !== undefined && expiresAt !== undefined && this.#now() >= expiresAt;
  }
}
