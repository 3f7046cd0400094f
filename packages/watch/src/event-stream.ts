import { type HttpClient, type HttpRequest, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { onAbort } from "@infisical/core/authoring";
import { FrameReader } from "./event-frames.ts";
import type { Alarm } from "./pause.ts";
import type { SecretsStreamEvent } from "./secrets-watcher.ts";

/** What is subscribed to. */
export interface Subscription {
  readonly projectId: string;
  readonly environment: string;
  readonly secretPath: string;
  /** Whether the folders below count as well. */
  readonly recursive: boolean;
}

/** What an event stream needs to know. */
export interface EventStreamOptions extends Subscription {
  /** `undefined` for a mock of a client, which has no stream. */
  readonly http: HttpClient | undefined;
  readonly alarm: Alarm;
  /** The time, in milliseconds since some moment. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Called when there may be news: after an event, and once a stream is open, since nothing is sent again. */
  readonly onNews: () => void;
  /** Called when the stream opens, breaks, or turns out not to exist here. */
  readonly onState: (state: SecretsStreamEvent["state"], error: unknown) => void;
}

/** How often a stream is opened again before the watcher relies on its polls, and then tries once per poll. */
const mostTries = 5;
const firstDelay = 2000;
const longestDelay = 60_000;
/** How long a stream must have lasted for its failure to be the first one. */
const healthy = 30_000;
/** Servers send a heartbeat every 15 seconds. */
const longestSilence = 45_000;
/** Many watchers hear of the same event at the same time. */
const longestSpread = 500;

/** Keeps the server's event stream open, for as long as the signal allows. */
export class EventStream {
  readonly #options: EventStreamOptions;
  #failures = 0;
  #isGivenUp = false;
  #isRunning = false;
  /** Prevents the poll that an event has led to; `undefined` if none is due. */
  #news: (() => void) | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /** Opens the stream, and opens it again until that has failed too often. Never rejects. */
  async start(): Promise<void> {
    const { signal, onState } = this.#options;
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!signal.aborted && !this.#isGivenUp) {
      const since = this.#options.now();
      const error = await this.#follow().catch((reason: unknown) => reason ?? new Error("The stream broke."));
      if (signal.aborted) break;
      if (isLasting(error)) {
        this.#isGivenUp = true;
        onState("unavailable", error);
        break;
      }
      onState("broken", error);
      const lasted = this.#options.now() - since;
      if (lasted >= healthy) this.#failures = 0;
      if (error === undefined && lasted >= firstDelay) continue;
      this.#failures += 1;
      if (this.#failures >= mostTries || isRefusal(error)) break;
      const delay = Math.min(firstDelay * 2 ** (this.#failures - 1), longestDelay);
      await this.#wait(delay * (1 + Math.random() / 2));
    }
    this.#isRunning = false;
  }

  /** Reads one stream to its end; rejects if it does not open, breaks, falls silent, or ends with an error. */
  async #follow(): Promise<void> {
    const { http, signal, onNews, onState } = this.#options;
    if (!http) throw new InfisicalSDKError("This client has no streams.", { code: "NO_STREAM" });
    const ending = new AbortController();
    const forget = onAbort(signal, () => ending.abort());
    const silence = this.#watchdog(() => ending.abort(new Error("Nothing has arrived for 45 seconds.")));
    try {
      const text = await http.request<AsyncIterable<string>>(subscribe(this.#options, ending.signal));
      onState("open", undefined);
      onNews();
      const frames = new FrameReader();
      for await (const piece of text) {
        silence.reset();
        for (const frame of frames.read(piece)) {
          if (frame === "error") throw new Error("The server ended the stream with an error.");
          if (frame === "news") this.#tell();
        }
      }
    } finally {
      forget();
      silence.stop();
      ending.abort();
    }
  }

  /** Events come in groups, and one poll finds all of them. */
  #tell(): void {
    const { alarm, signal, onNews } = this.#options;
    this.#news ??= alarm(Math.random() * longestSpread, () => {
      this.#news = undefined;
      if (!signal.aborted) onNews();
    });
  }

  /** Waits; not until the end if the signal aborts. */
  #wait(milliseconds: number): Promise<void> {
    const { alarm, signal } = this.#options;
    return new Promise((resolve) => {
      const cancel = alarm(milliseconds, () => {
        forget();
        resolve();
      });
      const forget = onAbort(signal, () => {
        cancel();
        resolve();
      });
    });
  }

  /** Ends a stream on which nothing has arrived for some time: its server may be gone without a word. */
  #watchdog(end: () => void): { reset(): void; stop(): void } {
    const { alarm } = this.#options;
    let stop = alarm(longestSilence, end);
    const reset = (): void => {
      stop();
      stop = alarm(longestSilence, end);
    };
    return { reset, stop: () => stop() };
  }
}

const events = ["secret:create", "secret:update", "secret:delete", "secret:import-mutation"] as const;

function subscribe(
  { projectId, environment, secretPath, recursive }: Subscription,
  signal: AbortSignal,
): HttpRequest {
  const below = secretPath === "/" ? "/**" : `${secretPath}/**`;
  const paths = recursive ? [secretPath, below] : [secretPath];
  const register = paths.flatMap((path) =>
    events.map((event) => ({ event, conditions: { secretPath: path, environmentSlug: environment } })),
  );
  return {
    operation: "watch.subscribe",
    method: "POST",
    path: "/api/v1/events/subscribe/project-events",
    headers: { accept: "text/event-stream" },
    body: { projectId, register },
    readOnly: true,
    streamed: true,
    signal,
  };
}

/** Whether no attempt will ever succeed: the plan, the server or the transport does not have streams. */
function isLasting(error: unknown): boolean {
  if (!isInfisicalError(error)) return false;
  const { code } = error;
  return ["NO_STREAM", "BAD_REQUEST", "VALIDATION_FAILED", "NOT_FOUND", "CLIENT_CLOSED"].includes(code);
}

/** Whether another attempt within seconds would be refused as well: no permission, or too many connections. */
function isRefusal(error: unknown): boolean {
  return isInfisicalError(error) && ["FORBIDDEN", "RATE_LIMITED", "AUTH_FAILED"].includes(error.code);
}
