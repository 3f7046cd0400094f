import { type Clock, type InfisicalErrorCode, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { abortReason, cloneError, onAbort } from "@infisical/core/authoring";
import type { ConditionalListSecretsResponse, ImportedSecret, Secret } from "@infisical/secrets";
import { ChangeIterator, type End } from "./change-iterator.ts";
import { EventStream, type EventStreamOptions, type Subscription } from "./event-stream.ts";
import { type Alarm, alarmBy } from "./pause.ts";
import { PollLoop } from "./poll-loop.ts";
import type { SecretsChange, SecretsWatcher, SecretsWatcherState } from "./secrets-watcher.ts";
import { changeBetween, findSecret, type Snapshot, snapshotOf } from "./snapshot.ts";
import { ChangeEvent, EndEvent, FreshEvent, StaleEvent, StreamEvent } from "./watcher-events.ts";

/** What a watcher reads, and how. */
export interface WatcherSource {
  /** Reads the secrets unless they are those of an etag. */
  readonly read: (etag: string | undefined, signal: AbortSignal) => Promise<ConditionalListSecretsResponse>;
  /** Registers what ends with the client; `undefined` where there is nothing that closes. */
  readonly onClose: ((end: (reason: Error) => void) => () => void) | undefined;
  readonly clock: Clock;
  /** In milliseconds. */
  readonly interval: number;
  readonly recursive: boolean;
  readonly ref: boolean;
  readonly signal: AbortSignal | undefined;
  /** What the server's event stream is asked for, and by what; `undefined` to poll only. */
  readonly events: (Subscription & Pick<EventStreamOptions, "http">) | undefined;
}

/** Codes of failures that pass; before the first state, any other one ends the watcher. */
const outages: readonly InfisicalErrorCode[] = [
  "UNREACHABLE",
  "TIMEOUT",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "GATEWAY_ERROR",
  "CONNECTION_LOST",
  "INVALID_RESPONSE",
];

/** The etags that can be sent back; a server that sends another one is asked without. */
const usableEtag = /^[\x21-\x7e]+$/;

/** Watches secrets by polling. */
export class PollingWatcher extends EventTarget implements Omit<SecretsWatcherState, keyof EventTarget> {
  readonly #source: WatcherSource;
  readonly #alarm: Alarm;
  readonly #loop: PollLoop;
  readonly #iterators = new Set<ChangeIterator>();
  readonly #inFlight = new AbortController();
  readonly #forget: (() => void)[] = [];
  readonly #stream: EventStream | undefined;
  #snapshot: Snapshot | undefined;
  #etag: string | undefined;
  #staleSince: number | undefined;
  #end: End | undefined;
  #hasListener = false;

  constructor(source: WatcherSource) {
    super();
    this.#source = source;
    this.#alarm = alarmBy(source.clock, source.ref);
    this.#loop = new PollLoop({
      interval: source.interval,
      alarm: this.#alarm,
      poll: () => this.#poll(),
      onFailure: (error) => this.#fail(error),
    });
    const { onClose, signal, events } = source;
    if (events) this.#stream = this.#createStream(events);
    // Somebody waits for it all the time, so that polls need not add and remove listeners.
    this.#forget.push(onAbort(this.#inFlight.signal, () => undefined));
    const endWith = (reason: unknown): void => this.#endWith({ isClosed: false, reason });
    if (onClose) this.#forget.push(onClose(endWith));
    this.#forget.push(onAbort(signal, () => endWith(abortReason(signal as AbortSignal))));
    if (this.#end) for (const forget of this.#forget) forget();
    else this.#loop.start();
  }

  get secrets(): readonly (Secret | ImportedSecret)[] | undefined {
    return this.#snapshot?.secrets;
  }

  get staleSince(): Date | undefined {
    return this.#staleSince === undefined ? undefined : new Date(this.#staleSince);
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  get(secretName: string): Secret | ImportedSecret | undefined {
    return findSecret(this.#snapshot?.secrets ?? [], secretName);
  }

  /** Polls soon: something says that there is news. */
  wake(): void {
    this.#loop.wake();
  }

  async refresh(): Promise<readonly (Secret | ImportedSecret)[]> {
    if (this.#end) throw errorOf(this.#end);
    try {
      await this.#loop.pollNow();
    } catch (error) {
      throw cloneError(error);
    }
    return this.#snapshot?.secrets ?? [];
  }

  close(): void {
    this.#endWith({ isClosed: true, reason: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterator<SecretsChange, undefined> {
    const watched = { snapshot: () => this.#snapshot, end: () => this.#end };
    const iterator = new ChangeIterator(watched, (left) => {
      this.#iterators.delete(left);
      if (this.#iterators.size === 0 && !this.#hasListener) this.close();
    });
    this.#iterators.add(iterator);
    return iterator;
  }

  override addEventListener(...listener: Parameters<EventTarget["addEventListener"]>): void {
    this.#hasListener = true;
    super.addEventListener(...listener);
  }

  /** How a watcher waits; by the machine's clock for an object that only looks like one. */
  static alarmOf(watcher: object, otherwise: Clock): Alarm {
    return #alarm in watcher ? watcher.#alarm : alarmBy(otherwise, false);
  }

  #createStream(events: NonNullable<WatcherSource["events"]>): EventStream {
    const { clock } = this.#source;
    return new EventStream({
      ...events,
      alarm: this.#alarm,
      now: () => clock.monotonic?.() ?? clock.now(),
      signal: this.#inFlight.signal,
      onNews: () => this.#loop.wake(),
      onState: (state, error) => {
        if (!this.#end) this.dispatchEvent(new StreamEvent(state, error));
      },
    });
  }

  async #poll(): Promise<void> {
    // With every poll, so that a stream that was given up for now is tried again.
    void this.#stream?.start();
    const response = await this.#source.read(this.#etag, this.#inFlight.signal);
    // A mock might ignore the signal.
    if (this.#end) return;
    if (response.notModified && this.#snapshot) this.#recover();
    else if (!response.notModified) this.#observe(snapshotOf(response, this.#source.recursive));
    // Last: a list that could not be read must be sent again.
    this.#etag = response.etag !== undefined && usableEtag.test(response.etag) ? response.etag : undefined;
  }

  #observe(snapshot: Snapshot): void {
    const change = changeBetween(this.#snapshot, snapshot);
    this.#snapshot = snapshot;
    this.#recover();
    if (!change) return;
    for (const iterator of this.#iterators) iterator.serve();
    this.dispatchEvent(new ChangeEvent(change));
  }

  #recover(): void {
    const since = this.#staleSince;
    if (since === undefined) return;
    this.#staleSince = undefined;
    this.dispatchEvent(new FreshEvent(since));
  }

  /** Whether to poll again after a failure. */
  #fail(error: unknown): boolean {
    const code = isInfisicalError(error) ? error.code : undefined;
    const passes = this.#snapshot !== undefined || (code !== undefined && outages.includes(code));
    if (!passes || code === "CLIENT_CLOSED") {
      this.#endWith({ isClosed: false, reason: error });
      return false;
    }
    if (this.#snapshot && this.#staleSince === undefined) {
      this.#staleSince = this.#source.clock.now();
      this.dispatchEvent(new StaleEvent(this.#staleSince, error));
    }
    return true;
  }

  #endWith(end: End): void {
    if (this.#end) return;
    this.#end = end;
    for (const forget of this.#forget) forget();
    const reason = errorOf(end);
    this.#inFlight.abort(reason);
    this.#loop.stop(reason);
    for (const iterator of this.#iterators) iterator.serve();
    this.#iterators.clear();
    this.dispatchEvent(new EndEvent(end.reason));
  }
}

const disposal: PropertyDescriptorMap = {};
if (Symbol.dispose) disposal[Symbol.dispose] = { value: PollingWatcher.prototype.close };
if (Symbol.asyncDispose) {
  disposal[Symbol.asyncDispose] = {
    async value(this: PollingWatcher): Promise<void> {
      this.close();
    },
  };
}
Object.defineProperties(PollingWatcher.prototype, disposal);

/** A watcher as its users see it. */
export function createWatcher(source: WatcherSource): SecretsWatcher {
  return new PollingWatcher(source) as unknown as SecretsWatcher;
}

function errorOf({ isClosed, reason }: End): unknown {
  if (!isClosed) return cloneError(reason);
  return new InfisicalSDKError("The watcher is closed: create a new one.", { code: "CLIENT_CLOSED" });
}
