import type { TestEvents } from "../../direct-access.ts";
import { checked, text } from "../../engine/check.ts";
import type { EventStreams } from "./event-streams.ts";

/** Direct access to the open event streams. */
export class OpenStreams implements TestEvents {
  readonly #streams: () => EventStreams;

  constructor(streams: () => EventStreams) {
    this.#streams = streams;
  }

  get connections(): number {
    return this.#streams().count();
  }

  send(raw: string): void {
    this.#streams().send(checked("events.send()", text, raw));
  }

  drop(): void {
    this.#streams().drop();
  }

  end(): void {
    this.#streams().end();
  }
}
