import picomatch from "picomatch";
import { ApiError } from "../../api/api-error.ts";
import type { Identity } from "../../auth/identities.ts";
import type { MovableClock } from "../../engine/clock.ts";
import { TextStream } from "../../engine/text-stream.ts";
import type { Project } from "../projects/project.ts";
import { errorFrame, eventFrame, heartbeats, type StreamGeneration } from "./frames.ts";
import type { EventName, ImportPayload, SecretEvent } from "./secret-events.ts";

/** What a subscriber wants to hear of. Without conditions, it hears of the whole project. */
export interface Registration {
  readonly event: EventName;
  readonly conditions?: { readonly secretPath: string; readonly environmentSlug: string } | undefined;
}

/** Who subscribes to what. */
export interface Subscription {
  readonly project: Project;
  readonly identity: Identity;
  readonly registrations: readonly Registration[];
  /** Throws if the token or the permission has ended. */
  readonly check: () => void;
}

const heartbeatInterval = 15_000;
const heartbeatsPerCheck = 4;

/** The open event streams. Nothing is stored: who is not connected misses what happens. */
export class EventStreams {
  /** `undefined` on a server whose plan does not include them. */
  readonly generation: StreamGeneration | undefined;
  readonly #clock: MovableClock;
  readonly #open = new Map<TextStream, Subscription>();

  constructor(clock: MovableClock, generation: StreamGeneration | undefined) {
    this.#clock = clock;
    this.generation = generation;
  }

  /** How many streams are open: all, or those of an identity in a project. */
  count(project?: Project, identity?: Identity): number {
    if (!project) return this.#open.size;
    const all = [...this.#open.values()];
    return all.filter((one) => one.project === project && one.identity === identity).length;
  }

  open(subscription: Subscription): TextStream {
    const stream = new TextStream();
    this.#open.set(stream, subscription);
    stream.whenClosed(() => this.#open.delete(stream));
    this.#keepAlive(stream, subscription, this.#clock.now());
    return stream;
  }

  /** Tells every subscriber about a change that it has registered for. */
  publish(change: SecretEvent): void {
    const time = new Date(this.#clock.now()).toISOString();
    for (const [stream, { project, registrations }] of this.#open) {
      if (project !== change.project) continue;
      const payload = wantedOf(change, registrations);
      if (payload) stream.push(eventFrame(this.#generation, change, payload, time));
    }
  }

  /** Sends a text into every stream, as it is. */
  send(text: string): void {
    for (const stream of this.#open.keys()) stream.push(text);
  }

  /** Ends every response as if it were complete. */
  end(): void {
    for (const stream of this.#open.keys()) stream.end();
  }

  /** Breaks every connection. */
  drop(): void {
    for (const stream of this.#open.keys()) stream.break();
  }

  get #generation(): StreamGeneration {
    return this.generation ?? "current";
  }

  /** Sends heartbeats and repeats the checks, until the stream ends. A clock that jumps makes up for what it skips. */
  #keepAlive(stream: TextStream, { check }: Subscription, since: number): void {
    let count = 1;
    const arm = (): void => this.#clock.alarm(since + count * heartbeatInterval, wake);
    const wake = (): void => {
      for (; stream.isOpen && since + count * heartbeatInterval <= this.#clock.now(); count += 1) {
        if (count % heartbeatsPerCheck === 0 && !this.#passes(stream, check)) return;
        stream.push(heartbeats[this.#generation]);
      }
      if (stream.isOpen) arm();
    };
    arm();
  }

  #passes(stream: TextStream, check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      const { label, message } =
        error instanceof ApiError ? error : new ApiError(500, "InternalServerError", "Something went wrong");
      stream.push(errorFrame(label, message));
      stream.end();
      return false;
    }
  }
}

/** The part of a change that somebody has registered for; `undefined` if there is none. */
function wantedOf(
  { event, payload }: SecretEvent,
  registrations: readonly Registration[],
): SecretEvent["payload"] | undefined {
  const relevant = registrations.filter((registration) => registration.event === event);
  const isWanted = (place: ImportPayload): boolean => relevant.some((one) => covers(one, place));
  if (!isList(payload)) return isWanted(payload) ? payload : undefined;
  const wanted = payload.filter(isWanted);
  return wanted.length > 0 ? wanted : undefined;
}

function isList<Item>(payload: Item | readonly Item[]): payload is readonly Item[] {
  return Array.isArray(payload);
}

function covers({ conditions }: Registration, { environment, secretPath }: ImportPayload): boolean {
  if (!conditions) return true;
  return conditions.environmentSlug === environment && matches(secretPath, conditions.secretPath);
}

/** Whether a path matches a glob. One that is empty or far too long is not a glob, and matches nothing. */
function matches(path: string, pattern: string): boolean {
  try {
    return picomatch.isMatch(path, pattern, { windows: false });
  } catch {
    return false;
  }
}
