import { InfisicalSDKError } from "@infisical/core";
import {
  cloneError,
  fieldsOf,
  optionError,
  requireFunction,
  requireText,
  systemClock,
  warn,
} from "@infisical/core/authoring";
import { Pause, spread } from "./pause.ts";
import { PollingWatcher } from "./polling-watcher.ts";
import type { SecretsWatcher, SecretsWatcherState } from "./secrets-watcher.ts";

/** What the function that applies a value is given besides it. */
export interface RotationContext {
  /** The value that was applied before; `undefined` at first. */
  readonly previous: string | undefined;
  /** Aborts when a newer value exists, the secret is removed, or nobody wants to know any longer. */
  readonly signal: AbortSignal;
}

/** Puts a value to use, such as a password into a pool of connections. */
export type ApplyRotation = (value: string, context: RotationContext) => unknown;

/** A failure to apply a value. */
export interface RotationFailure {
  /** How often the value has been tried, from 1. */
  readonly attempt: number;
  /** After how many milliseconds it is tried again. */
  readonly delay: number;
}

/** Why a value is missing: the secret does not exist, or the identity cannot see its value. */
export type MissingReason = "absent" | "hidden";

/** What is told about a rotation. */
export interface OnRotationOptions {
  /**
   * Is called with what `apply` threw. The value is tried again, after 1 second at first and up to 1 minute later, as long as
   * it is the newest.
   *
   * @defaultValue a process warning, where there is one
   */
  readonly onError?: ((error: unknown, failure: RotationFailure) => unknown) | undefined;
  /**
   * Is called when the secret is not there, at first or any longer. What was applied stays.
   *
   * @defaultValue a process warning, where there is one
   */
  readonly onMissing?: ((reason: MissingReason) => unknown) | undefined;
}

/** A rotation that is followed. */
export interface Rotation {
  /** Resolves when a value has been applied; rejects if that ends before. It need not be awaited. */
  readonly ready: Promise<void>;
  /** Stops following, and aborts what is being applied. The watcher goes on. */
  close(): void;
}

/** The waits between tries, in milliseconds. */
const firstDelay = 1_000;
const longestDelay = 60_000;

const parseOptions = fieldsOf({ "onError?": requireFunction, "onMissing?": requireFunction });

/**
 * Applies the value of a secret, and each new one: one at a time, and only the newest.
 *
 * @param watcher - What `watchSecrets` returned.
 * @param secretName - The secret's name.
 * @param apply - Puts a value to use. The next one waits until it has settled.
 * @param options - Who is told of failures; see {@link OnRotationOptions}.
 * @returns Its first application, and how to stop.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
 *
 * @example
 * import { onRotation, watchSecrets } from "@infisical/watch";
 * const watcher = watchSecrets(client, { projectId, environment: "dev" });
 * let pool = createPool("app", "");
 * const rotation = onRotation(watcher, "DATABASE_PASSWORD", async (password) => {
 *   const old = pool;
 *   pool = createPool("app", password);
 *   await old.end();
 * });
 * await rotation.ready;
 * watcher.close();
 */
export function onRotation(
  watcher: SecretsWatcher,
  secretName: string,
  apply: ApplyRotation,
  options: OnRotationOptions = {},
): Rotation {
  const { addEventListener, get } = Object(watcher) as Partial<SecretsWatcher>;
  if (typeof addEventListener !== "function" || typeof get !== "function") {
    throw optionError("watcher", "must be an object that watchSecrets() returned", watcher);
  }
  requireText("secretName", secretName);
  requireFunction("apply", apply);
  return new FollowedRotation(watcher, secretName, apply, parseOptions("", options) as OnRotationOptions);
}

class FollowedRotation implements Rotation {
  readonly ready: Promise<void>;
  readonly #watcher: SecretsWatcherState;
  readonly #secretName: string;
  readonly #apply: ApplyRotation;
  readonly #options: OnRotationOptions;
  readonly #pause: Pause;
  #settle: { readonly resolve: () => void; readonly reject: (reason: unknown) => void } | undefined;
  #wanted: string | undefined;
  /** What is in use; `undefined` while another value may be in part. */
  #inUse: string | undefined;
  #previous: string | undefined;
  #missing: MissingReason | undefined;
  #applying: AbortController | undefined;
  #isClosed = false;

  constructor(watcher: SecretsWatcher, secretName: string, apply: ApplyRotation, options: OnRotationOptions) {
    this.#watcher = watcher;
    this.#secretName = secretName;
    this.#apply = apply;
    this.#options = options;
    this.#pause = new Pause(PollingWatcher.alarmOf(watcher, systemClock));
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.ready.catch(() => undefined);
    watcher.addEventListener("change", this.#look);
    watcher.addEventListener("end", this.#onEnd);
    if (watcher.ended) this.#onEnd({ reason: undefined });
    else if (watcher.secrets) this.#look();
  }

  close(): void {
    this.#end(new InfisicalSDKError("The rotation is no longer followed.", { code: "CLIENT_CLOSED" }));
  }

  readonly #onEnd = ({ reason }: { readonly reason: unknown }): void => {
    const closed = new InfisicalSDKError("The watcher is closed: create a new one.", {
      code: "CLIENT_CLOSED",
    });
    this.#end(reason === undefined ? closed : cloneError(reason));
  };

  /** Looks at the secret as it is now. */
  readonly #look = (): void => {
    const secret = this.#watcher.get(this.#secretName);
    const missing = secret ? (secret.secretValueHidden ? "hidden" : undefined) : "absent";
    const wanted = missing === undefined ? secret?.secretValue : undefined;
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      if (this.#applying) this.#applying.abort(superseded());
      else this.#follow();
    }
    if (missing !== undefined && missing !== this.#missing) this.#tellMissing(missing);
    this.#missing = missing;
  };

  /** Applies what is wanted until it is in use. */
  async #follow(): Promise<void> {
    // The listener of another event may close this before anything is applied.
    for (let attempt = 1; !this.#isClosed && this.#wanted !== undefined && this.#wanted !== this.#inUse; ) {
      const value = this.#wanted;
      const controller = new AbortController();
      this.#applying = controller;
      this.#inUse = undefined;
      try {
        await this.#apply(value, { previous: this.#previous, signal: controller.signal });
        this.#inUse = value;
        this.#previous = value;
        this.#settle?.resolve();
        attempt = 1;
      } catch (error) {
        if (controller.signal.aborted) {
          attempt = 1;
          continue;
        }
        const delay = Math.round(spread(Math.min(firstDelay * 2 ** (attempt - 1), longestDelay)));
        this.#tellError(error, { attempt, delay });
        // A newer value, or the end, is not waited for.
        if (!controller.signal.aborted) {
          controller.signal.addEventListener("abort", () => this.#pause.wake(), { once: true });
          this.#pause.reset();
          await this.#pause.wait(delay);
        }
        attempt = controller.signal.aborted ? 1 : attempt + 1;
      }
    }
    this.#applying = undefined;
  }

  #tellError(error: unknown, failure: RotationFailure): void {
    const { onError } = this.#options;
    if (onError) tell(() => onError(error, failure));
    else {
      const text = `A new value of ${this.#secretName} could not be applied; it is tried again in ${failure.delay} ms.`;
      warn("INFISICAL_ROTATION_FAILED", `${text} Pass onError to onRotation() to see why.`);
    }
  }

  #tellMissing(reason: MissingReason): void {
    const { onMissing } = this.#options;
    if (onMissing) tell(() => onMissing(reason));
    else {
      const why =
        reason === "absent" ? "does not exist" : "has a value that this identity is not allowed to read";
      warn(
        "INFISICAL_ROTATION_MISSING",
        `The secret ${this.#secretName} ${why}; what was applied stays in use.`,
      );
    }
  }

  #end(reason: unknown): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#watcher.removeEventListener("change", this.#look);
    this.#watcher.removeEventListener("end", this.#onEnd);
    this.#applying?.abort(reason);
    this.#settle?.reject(reason);
  }
}

/** Calls a listener; what it throws or rejects with must not end what it is told about. */
function tell(listener: () => unknown): void {
  (async () => listener())().catch(() => undefined);
}

function superseded(): DOMException {
  return new DOMException("There is a newer value.", "AbortError");
}
