import type { ImportedSecret, Secret } from "@infisical/secrets";

/** What has changed, from what its receiver last knew to now. All lists are frozen. */
export interface SecretsChange {
  /** The secrets that are new; in a receiver's first change, all. */
  readonly added: readonly (Secret | ImportedSecret)[];
  /** The secrets whose value, comment, tags or metadata are others, as they are now. */
  readonly changed: readonly (Secret | ImportedSecret)[];
  /** The secrets that no longer exist, as they last were. */
  readonly removed: readonly (Secret | ImportedSecret)[];
  /** All secrets, as they are now. */
  readonly secrets: readonly (Secret | ImportedSecret)[];
}

/** The event `change`. Printing it shows no secret. */
export interface SecretsChangeEvent extends Event, SecretsChange {}

/** The event `stale`: the last poll failed, and the secrets are those of an earlier one. */
export interface SecretsStaleEvent extends Event {
  /** Since when polls fail. */
  readonly since: Date;
  /** Why the first of them failed. */
  readonly error: unknown;
}

/** The event `fresh`: a poll has succeeded again. */
export interface SecretsFreshEvent extends Event {
  /** Since when polls had failed. */
  readonly since: Date;
}

/** The event `stream`: whether the server tells of changes as they happen. */
export interface SecretsStreamEvent extends Event {
  /**
   * - `"open"`: it does.
   * - `"broken"`: the stream ended, or could not be opened; the polls go on, and it is tried again.
   * - `"unavailable"`: the plan, the server or the transport has none, so the watcher only polls.
   */
  readonly state: "open" | "broken" | "unavailable";
  /** Why the stream is not open; `undefined` if it is, or if the server completed it. */
  readonly error: unknown;
}

/** The event `end`: nothing is watched any longer. */
export interface SecretsEndEvent extends Event {
  /** Why: an error, or the reason of the signal; `undefined` after `close()`. */
  readonly reason: unknown;
}

/** The events of a watcher, by their names. */
export interface SecretsWatcherEvents {
  /** Something has changed; also once for the first state. */
  readonly change: SecretsChangeEvent;
  /** Polls have begun to fail; the secrets are kept. */
  readonly stale: SecretsStaleEvent;
  /** Polls succeed again. */
  readonly fresh: SecretsFreshEvent;
  /** The server's event stream has opened, broken, or turned out not to exist; only with the option `stream`. */
  readonly stream: SecretsStreamEvent;
  /** The watcher has ended. */
  readonly end: SecretsEndEvent;
}

/** A listener of a watcher's event. */
export type SecretsWatcherListener<Type extends keyof SecretsWatcherEvents> = (
  event: SecretsWatcherEvents[Type],
) => unknown;

/**
 * How a listener is added.
 *
 * @example
 * import { watchSecrets } from "@infisical/watch";
 * const watcher = watchSecrets(client, { projectId, environment: "dev" });
 * const signal = AbortSignal.timeout(60_000);
 * watcher.addEventListener("change", ({ changed }) => console.log(changed.length), { once: true, signal });
 */
export interface SecretsListenerOptions {
  /**
   * Whether the listener is removed after the first event.
   *
   * @defaultValue false
   */
  readonly once?: boolean;
  /** Removes the listener when it aborts. */
  readonly signal?: AbortSignal;
}

/** `using` and `await using`, in the types of platforms that support them: the methods close the watcher. */
export type WatcherDisposal = (typeof Symbol extends {
  /** The method's key. */
  readonly dispose: infer Key extends symbol;
}
  ? Readonly<Record<Key, () => void>>
  : object) &
  (typeof Symbol extends {
    /** The method's key. */
    readonly asyncDispose: infer Key extends symbol;
  }
    ? Readonly<Record<Key, () => Promise<void>>>
    : object);

/**
 * Secrets that are watched: a state that is kept up to date, and its changes as an async iterable and as events.
 *
 * Every loop gets the first state as `added`, then what has changed since its last turn. A slow loop gets the net change
 * once, and a value that was changed back not at all.
 *
 * Leaving a loop by `break`, `return` or an error closes the watcher, unless another loop over it is running or a listener
 * was added.
 */
export interface SecretsWatcherState extends AsyncIterable<SecretsChange> {
  /** The secrets as last read; `undefined` before the first successful poll. Frozen. */
  readonly secrets: readonly (Secret | ImportedSecret)[] | undefined;
  /** Since when polls fail; `undefined` while they succeed, and before the first successful one. */
  readonly staleSince: Date | undefined;
  /** Whether nothing is watched any longer. */
  readonly ended: boolean;
  /**
   * Returns a secret by its name, as last read.
   *
   * @param secretName - The name.
   * @returns The secret, of several folders the one nearest to the top; `undefined` if it does not exist.
   */
  get(secretName: string): Secret | ImportedSecret | undefined;
  /**
   * Polls now. Calls at the same time share a poll.
   *
   * @returns The secrets after a poll that began after this call.
   * @throws {InfisicalSDKError} The code of the poll's error; the watcher goes on. `CLIENT_CLOSED`: the watcher or its
   * client was closed.
   */
  refresh(): Promise<readonly (Secret | ImportedSecret)[]>;
  /** Ends the polls, and every loop. */
  close(): void;
  /**
   * Adds a listener. One that throws is reported as by every `EventTarget`: Node ends the process unless it has a handler of
   * `uncaughtException`.
   *
   * @param type - The event's name.
   * @param listener - Is called with each event.
   * @param options - When it is removed; never by default.
   */
  addEventListener<Type extends keyof SecretsWatcherEvents>(
    type: Type,
    listener: SecretsWatcherListener<Type>,
    options?: SecretsListenerOptions,
  ): void;
  /**
   * Removes a listener.
   *
   * @param type - The event's name.
   * @param listener - What was passed to `addEventListener`.
   */
  removeEventListener<Type extends keyof SecretsWatcherEvents>(
    type: Type,
    listener: SecretsWatcherListener<Type>,
  ): void;
}

/** What `watchSecrets` returns. */
export type SecretsWatcher = SecretsWatcherState & WatcherDisposal;
