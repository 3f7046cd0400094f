import { type Clock, type InfisicalErrorCode, isInfisicalError, type PluginContext } from "@infisical/core";
import { abortReason, cloneError, onAbort } from "@infisical/core/authoring";
import { Alarm } from "./alarm.ts";
import type { CertificateBundle } from "./bundle.ts";
import { type CertificateInUse, readyForUse } from "./certificate-in-use.ts";
import type { CertificateSource, Obtained } from "./certificate-source.ts";
import { Deferred } from "./deferred.ts";
import type { KeptCertificateState, TlsSecureContext } from "./kept-certificate.ts";
import { type End, errorOf, notIssued, warnOf } from "./kept-errors.ts";
import { ChangeEvent, EndEvent, FailedEvent, PendingEvent } from "./kept-events.ts";
import { renewalWindow, untilNextLook, untilNextRead, untilNextTry, untilRenewal } from "./schedule.ts";

/** What a keeper keeps, and how. */
export interface KeeperOptions {
  readonly source: CertificateSource;
  /** Whether the source only reads what others renew. */
  readonly isShared: boolean;
  /** In milliseconds; `undefined` for a part of the certificate's life. */
  readonly renewBefore: number | undefined;
  readonly clock: Clock;
  /** `undefined` for a mock of a client. */
  readonly client: Pick<PluginContext, "onClose" | "holdSecrets"> | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Codes of failures that pass; before the first certificate, any other one ends the keeper. */
const outages: readonly InfisicalErrorCode[] = [
  "UNREACHABLE",
  "TIMEOUT",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "GATEWAY_ERROR",
  "CONNECTION_LOST",
  "INVALID_RESPONSE",
];

/** Keeps a certificate: gets one, and another one in time, again and again. */
export class Keeper extends EventTarget implements Omit<KeptCertificateState, keyof EventTarget> {
  readonly #options: KeeperOptions;
  readonly #alarm: Alarm;
  readonly #inFlight = new AbortController();
  readonly #forget: (() => void)[] = [];
  readonly #ready = new Deferred<CertificateBundle>();
  /** Those who wait for a renewal. */
  #waiting: Deferred<CertificateBundle> | undefined;
  #current: CertificateInUse | undefined;
  #failures = 0;
  #failingSince: number | undefined;
  /** How often a request that is not decided was looked at. */
  #looks = 0;
  #isTrying = false;
  #end: End | undefined;
  #isHeard = false;

  constructor(options: KeeperOptions) {
    super();
    this.#options = options;
    this.#alarm = new Alarm(options.clock);
    const { client, signal } = options;
    // Somebody waits for it all the time, so that calls need not add and remove listeners.
    this.#forget.push(onAbort(this.#inFlight.signal, () => undefined));
    const endWith = (reason: unknown): void => this.#endWith({ isClosed: false, reason });
    if (client) this.#forget.push(client.onClose(endWith));
    this.#forget.push(onAbort(signal, () => endWith(abortReason(signal as AbortSignal))));
    if (this.#end) for (const forget of this.#forget) forget();
    // Once the caller has returned, so that nothing happens before anybody can listen.
    else Promise.resolve().then(() => this.#try());
  }

  get ready(): Promise<CertificateBundle> {
    return this.#ready.promise;
  }

  get bundle(): CertificateBundle | undefined {
    return this.#current?.bundle;
  }

  get expiresAt(): Date | undefined {
    return this.#current && new Date(this.#current.validity.notAfter);
  }

  get failingSince(): Date | undefined {
    return this.#failingSince === undefined ? undefined : new Date(this.#failingSince);
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  secureContext(): TlsSecureContext {
    const { secureContext } = this.#current ?? {};
    if (secureContext) return secureContext;
    const why = this.#current
      ? "This platform does not have node:tls."
      : "The first certificate is not there yet: wait for ready.";
    throw notIssued(why);
  }

  async renew(): Promise<CertificateBundle> {
    if (this.#end) throw errorOf(this.#end);
    this.#waiting ??= new Deferred();
    const { promise } = this.#waiting;
    void this.#try();
    try {
      return await promise;
    } catch (error) {
      throw cloneError(error);
    }
  }

  close(): void {
    this.#endWith({ isClosed: true, reason: undefined });
  }

  override addEventListener(...listener: Parameters<EventTarget["addEventListener"]>): void {
    if (listener[0] === "failed") this.#isHeard = true;
    super.addEventListener(...listener);
  }

  async #try(): Promise<void> {
    if (this.#isTrying || this.#end) return;
    this.#isTrying = true;
    this.#alarm.clear();
    try {
      const obtained = await this.#options.source(this.#inFlight.signal);
      // A mock might ignore the signal.
      if (this.#end) return;
      const taken = obtained && "bundle" in obtained ? await this.#take(obtained.bundle) : undefined;
      this.#isTrying = false;
      if (this.#end) return taken?.release?.();
      this.#settle(obtained, taken);
    } catch (error) {
      this.#isTrying = false;
      if (!this.#end) this.#fail(error, isInfisicalError(error) && outages.includes(error.code));
    }
  }

  /** A certificate that cannot be used is a failure, and the last one is kept. */
  async #take(bundle: CertificateBundle): Promise<CertificateInUse> {
    if (bundle.certificate === this.#current?.bundle.certificate) return this.#current;
    return readyForUse(bundle, this.#options.client);
  }

  #settle(obtained: Obtained, taken: CertificateInUse | undefined): void {
    if (obtained && "pending" in obtained) {
      this.#alarm.set(untilNextLook(this.#looks++), () => void this.#try());
      if (this.#looks === 1) this.dispatchEvent(new PendingEvent(obtained.pending));
    } else if (taken) {
      this.#use(taken);
    } else {
      this.#fail(
        notIssued("The profile does not have a valid certificate: nobody has issued one yet."),
        true,
      );
    }
  }

  /** Uses a certificate from now on. */
  #use(next: CertificateInUse): void {
    const { clock, renewBefore, isShared } = this.#options;
    const { bundle, validity } = next;
    const before = this.#current;
    const window = renewalWindow(validity, renewBefore);
    const now = clock.now();
    const left = validity.notAfter - now;
    if (next === before && left < window / 2) {
      this.#fail(
        notIssued("The profile does not have a newer certificate: nobody has renewed it."),
        true,
        bundle,
      );
      return;
    }
    const wait = untilRenewal(validity, window, now);
    const due = isShared && left - window < wait ? Math.max(left - window, untilNextRead(left)) : wait;
    this.#alarm.set(due, () => void this.#try());
    this.#current = next;
    this.#recover();
    this.#ready.resolve(bundle);
    this.#answer((waiting) => waiting.resolve(bundle));
    if (next === before) return;
    before?.release?.();
    this.dispatchEvent(new ChangeEvent(bundle, validity.notAfter, now + due));
  }

  #recover(): void {
    this.#failures = 0;
    this.#looks = 0;
    this.#failingSince = undefined;
  }

  /** Tells of a failure, and tries again later; before the first certificate, only after one that passes. */
  #fail(error: unknown, passes: boolean, answer?: CertificateBundle): void {
    const { clock } = this.#options;
    if ((!this.#current && !passes) || (isInfisicalError(error) && error.code === "CLIENT_CLOSED")) {
      this.#endWith({ isClosed: false, reason: error });
      return;
    }
    const now = clock.now();
    this.#failures += 1;
    this.#looks = 0;
    this.#failingSince ??= now;
    const expiresAt = this.#current?.validity.notAfter;
    const wait = untilNextTry(this.#failures, error, expiresAt && expiresAt - now);
    this.#alarm.set(wait, () => void this.#try());
    this.#answer((waiting) => (answer ? waiting.resolve(answer) : waiting.reject(error)));
    const [since, attempt] = [this.#failingSince, this.#failures];
    this.dispatchEvent(new FailedEvent({ error, since, attempt, retryAt: now + wait, expiresAt }));
    if (!this.#isHeard && attempt === 1) warnOf(error, expiresAt);
  }

  #answer(settle: (waiting: Deferred<CertificateBundle>) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) settle(waiting);
  }

  #endWith(end: End): void {
    if (this.#end) return;
    this.#end = end;
    for (const forget of this.#forget) forget();
    // A client can keep many certificates, one after the other.
    this.#current?.release?.();
    const reason = errorOf(end);
    this.#alarm.clear();
    this.#inFlight.abort(reason);
    this.#ready.reject(reason);
    this.#answer((waiting) => waiting.reject(reason));
    this.dispatchEvent(new EndEvent(end.reason));
  }
}

const disposal: PropertyDescriptorMap = {};
if (Symbol.dispose) disposal[Symbol.dispose] = { value: Keeper.prototype.close };
if (Symbol.asyncDispose) {
  disposal[Symbol.asyncDispose] = {
    async value(this: Keeper): Promise<void> {
      this.close();
    },
  };
}
Object.defineProperties(Keeper.prototype, disposal);
