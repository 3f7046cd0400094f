import type { ClientEvent } from "@infisical/core";
import type { Attributes, Meter } from "@opentelemetry/api";
import { authResult, failureAttributes, loginOperation, seconds } from "./attributes.ts";
import { createInstruments, type Instruments } from "./instruments.ts";
import type { ObservedState } from "./observed-state.ts";
import { quietly } from "./quietly.ts";

/** The metrics of all clients of one `telemetry()`. */
export class Measurements {
  readonly #meter: () => Meter;
  /** Not to keep clients that nobody else keeps. */
  #states: readonly WeakRef<ObservedState>[] = [];
  /** For what leases were counted: readers repeat the last number of what is no longer told. */
  readonly #leased = new Map<string, Attributes>();
  #instruments: Instruments | undefined;
  #measuredBy: Meter | undefined;

  constructor(meter: () => Meter) {
    this.#meter = meter;
  }

  /** Measures a client's token and leases until it is forgotten. */
  follow(state: ObservedState): void {
    this.#states = [...this.#states.filter((each) => each.deref()), new WeakRef(state)];
  }

  forget(state: ObservedState): void {
    this.#states = this.#states.filter((each) => each.deref() !== state);
  }

  /** Measures what an event tells. */
  record(event: ClientEvent, { server }: ObservedState): void {
    const instruments = this.#current();
    if (!instruments) return;
    switch (event.type) {
      case "call-ended": {
        const { duration, outcome } = event;
        const call = Object.assign(
          { "infisical.operation": event.operation },
          server,
          failureAttributes(event),
        );
        instruments.calls(1, Object.assign({ "infisical.outcome": outcome }, call));
        instruments.callDuration(seconds(duration), call);
        if (outcome === "failed") instruments.errors(1, call);
        return;
      }
      case "login-ended": {
        const { kind, strategy, outcome, duration } = event;
        const why = failureAttributes(event);
        const login = { ...server, "infisical.operation": loginOperation(kind), ...why };
        instruments.loginDuration(seconds(duration), {
          ...login,
          "infisical.identity.auth_method": strategy,
          ...authResult(outcome),
        });
        if (outcome === "failed") instruments.errors(1, login);
        return;
      }
      case "retry-scheduled": {
        const { operation, code } = event;
        instruments.retries(1, { ...server, "infisical.operation": operation, "error.type": code });
        return;
      }
      case "cache-hit":
      case "stale-served": {
        const result = event.type === "cache-hit" ? "hit" : "stale";
        const operation = { ...server, "infisical.operation": event.operation };
        instruments.cacheHits(1, { ...operation, "infisical.cache.result": result });
        return;
      }
      default:
    }
  }

  /** The instruments of the meter as it is now; `undefined` if it fails. */
  #current(): Instruments | undefined {
    const meter = quietly(this.#meter);
    if (meter === this.#measuredBy) return this.#instruments;
    this.#measuredBy = meter;
    this.#instruments =
      meter &&
      quietly(() =>
        createInstruments(meter, { tokenAges: () => this.#tokenAges(), leases: () => this.#leases() }),
      );
    return this.#instruments;
  }

  #known(): readonly ObservedState[] {
    return this.#states.map((each) => each.deref()).filter((state) => state !== undefined);
  }

  /** For each server and auth method, the age of the oldest token, in seconds. */
  #tokenAges(): Totals {
    const ages = new Totals((one, other) => Math.max(one, other));
    for (const { server, authMethod, tokenAge } of this.#known()) {
      if (tokenAge !== undefined) ages.add(seconds(tokenAge), { ...server, ...authMethod });
    }
    return ages;
  }

  /** For each server and provider, how many leases are open. */
  #leases(): Totals {
    const counts = new Totals((one, other) => one + other);
    for (const attributes of this.#leased.values()) counts.add(0, attributes);
    for (const state of this.#known()) {
      for (const provider of state.openLeases()) {
        const attributes = { ...state.server, "infisical.lease.provider": provider };
        this.#leased.set(JSON.stringify(attributes), attributes);
        counts.add(1, attributes);
      }
    }
    return counts;
  }
}

/** Figures of several clients, put together where their attributes are the same. */
class Totals implements Iterable<readonly [number, Attributes]> {
  readonly #combine: (one: number, other: number) => number;
  readonly #figures = new Map<string, readonly [number, Attributes]>();

  constructor(combine: (one: number, other: number) => number) {
    this.#combine = combine;
  }

  add(figure: number, attributes: Attributes): void {
    const key = JSON.stringify(attributes);
    const known = this.#figures.get(key)?.[0];
    this.#figures.set(key, [known === undefined ? figure : this.#combine(known, figure), attributes]);
  }

  [Symbol.iterator](): Iterator<readonly [number, Attributes]> {
    return this.#figures.values();
  }
}
