import type {
  SecretsChange,
  SecretsChangeEvent,
  SecretsEndEvent,
  SecretsFreshEvent,
  SecretsStaleEvent,
  SecretsStreamEvent,
} from "./secrets-watcher.ts";

// Their fields are getters: what prints an event must print no secret.

/** See {@link SecretsChangeEvent}. */
export class ChangeEvent extends Event implements SecretsChangeEvent {
  readonly #change: SecretsChange;

  constructor(change: SecretsChange) {
    super("change");
    this.#change = change;
  }

  get added(): SecretsChange["added"] {
    return this.#change.added;
  }

  get changed(): SecretsChange["changed"] {
    return this.#change.changed;
  }

  get removed(): SecretsChange["removed"] {
    return this.#change.removed;
  }

  get secrets(): SecretsChange["secrets"] {
    return this.#change.secrets;
  }
}

/** See {@link SecretsStaleEvent}. */
export class StaleEvent extends Event implements SecretsStaleEvent {
  readonly #since: number;
  readonly #error: unknown;

  constructor(since: number, error: unknown) {
    super("stale");
    this.#since = since;
    this.#error = error;
  }

  get since(): Date {
    return new Date(this.#since);
  }

  get error(): unknown {
    return this.#error;
  }
}

/** See {@link SecretsFreshEvent}. */
export class FreshEvent extends Event implements SecretsFreshEvent {
  readonly #since: number;

  constructor(since: number) {
    super("fresh");
    this.#since = since;
  }

  get since(): Date {
    return new Date(this.#since);
  }
}

/** See {@link SecretsStreamEvent}. */
export class StreamEvent extends Event implements SecretsStreamEvent {
  readonly #state: SecretsStreamEvent["state"];
  readonly #error: unknown;

  constructor(state: SecretsStreamEvent["state"], error: unknown) {
    super("stream");
    this.#state = state;
    this.#error = error;
  }

  get state(): SecretsStreamEvent["state"] {
    return this.#state;
  }

  get error(): unknown {
    return this.#error;
  }
}

/** See {@link SecretsEndEvent}. */
export class EndEvent extends Event implements SecretsEndEvent {
  readonly #reason: unknown;

  constructor(reason: unknown) {
    super("end");
    this.#reason = reason;
  }

  get reason(): unknown {
    return this.#reason;
  }
}
