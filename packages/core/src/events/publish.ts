import type {
  ClientEvent,
  Emit,
  EmitOfCall,
  EventFields,
  EventListener,
  EventSink,
  EventType,
} from "../contracts/events.ts";
import type { HttpRequest } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import type { Around, Beginning, ClientObserver } from "../contracts/observer.ts";
import { isInfisicalError } from "../errors/errors.ts";
import type { Clock } from "../support/time.ts";
import { isReasonOf } from "../support/wait.ts";
import { targetOf } from "./target.ts";

/** The name of the channel of `node:diagnostics_channel` on which every client publishes its events. */
const channelName = "infisical:sdk";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface ProcessLike {
  readonly getBuiltinModule?: (name: string) => { channel(name: string): Channel } | undefined;
}

/** The channel, or `undefined` on platforms without `diagnostics_channel`. An `import` would break bundles for browsers. */
function findChannel(): Channel | undefined {
  const { process } = globalThis as { process?: ProcessLike };
  try {
    return process?.getBuiltinModule?.("diagnostics_channel")?.channel(channelName);
  } catch {
    // The edge runtime of Next.js throws where Node has a function.
    return undefined;
  }
}

/** Where the events of one client go, and what is around its calls and logins. */
export interface Events extends EventSink {
  /** Begins a call or a login, whose events an observer can follow; `undefined` while nobody listens. */
  readonly piece: () => Piece | undefined;
}

/** The events of one call or login. */
export interface Piece {
  /** Publishes one. */
  readonly emit: Emit;
  /** Publishes that it begins, and runs it. */
  begin<Type extends Beginning["type"], Result>(
    type: Type,
    fields: EventFields[Type],
    work: () => Promise<Result>,
  ): Promise<Result>;
}

/** Creates the events of one client: they go to its listener, its observer and the channel. */
export function createEvents(
  clock: Clock,
  onEvent: EventListener | undefined,
  observer: ClientObserver = {},
): Events {
  const { around } = observer;
  const listeners = [onEvent, observer.onEvent].filter((listener) => listener !== undefined);
  const channel = findChannel();
  const client = Math.random().toString(36).slice(2, 10);
  const isHeard = (): boolean => listeners.length > 0 || channel?.hasSubscribers === true;
  const publish = (type: EventType, fields: object, follower?: EventListener): ClientEvent => {
    const event = Object.assign({ type, at: clock.now(), client }, fields) as unknown as ClientEvent;
    Object.freeze(event);
    for (const listener of listeners) notify(listener, event);
    if (channel?.hasSubscribers) channel.publish(event);
    if (follower) notify(follower, event);
    return event;
  };
  const emit: Emit = (type, fields) => void publish(type, fields);
  return {
    get emit() {
      return isHeard() ? emit : undefined;
    },
    piece: () => {
      if (!around && !isHeard()) return undefined;
      let follower: EventListener | undefined;
      return {
        emit: (type, fields) => void publish(type, fields, follower),
        begin(type, fields, work) {
          const began = publish(type, fields) as Beginning;
          if (!around) return work();
          return runWithin(around, began, (listener) => {
            if (typeof listener === "function") follower = listener;
            return work();
          });
        },
      };
    },
  };
}

/** Starts work within what is around it, once and at once, whatever that does. */
function runWithin<Result>(
  around: Around,
  began: Beginning,
  work: (listener?: EventListener) => Promise<Result>,
): Promise<Result> {
  let running: Promise<Result> | undefined;
  const run = (listener?: EventListener): void => {
    running ??= work(listener);
  };
  notify(() => around(began, run), began);
  running ??= work();
  return running;
}

/** A log line that fails must not cost the caller the value, or end the process. */
function notify(listener: EventListener, event: ClientEvent): void {
  try {
    const done: unknown = listener(event);
    if (Object(done) === done) Promise.resolve(done).catch(() => undefined);
  } catch {
    // Nobody to tell.
  }
}

/** What is counted about one call, and where its events go. */
export interface Call {
  /** How many times a request was sent. */
  attempts: number;
  /** How long it waited between attempts and for rate limits, in milliseconds. */
  waited: number;
  /** `undefined` while nobody listens. */
  readonly emit: EmitOfCall | undefined;
  /** Publishes that it begins, and runs it; `undefined` while nobody listens. */
  readonly begin?: (<Result>(work: () => Promise<Result>) => Promise<Result>) | undefined;
}

const key: unique symbol = Symbol("call");

interface Observed extends HttpRequest {
  [key]?: Call;
}

/** Creates and finds the calls of one client. */
export class Calls {
  readonly #events: Pick<Events, "piece">;
  readonly #clock: Clock;
  readonly #showsNames: boolean;
  #count = 0;

  constructor({ events, clock, namesInEvents }: CallsOptions) {
    this.#events = events;
    this.#clock = clock;
    this.#showsNames = namesInEvents;
  }

  /** The call that a request belongs to. Middleware that copies a request copies it too; if not, it is a new one. */
  of(request: HttpRequest): Call {
    return (request as Observed)[key] ?? this.#begin(request);
  }

  /** Makes a call, and tells that it starts and how it ends. */
  observe<Request extends HttpRequest>(
    request: Request,
    send: (request: Request & { readonly emit?: EmitOfCall | undefined }) => Promise<ApiResponse>,
  ): Promise<ApiResponse> {
    const call = this.#begin(request);
    (request as Observed)[key] = call;
    const { emit, begin } = call;
    if (!emit || !begin) return send(request);
    return begin(() => this.#observed(Object.assign(request, { emit }), call, send));
  }

  async #observed<Request extends HttpRequest & { readonly emit: EmitOfCall }>(
    request: Request,
    call: Call,
    send: (request: Request) => Promise<ApiResponse>,
  ): Promise<ApiResponse> {
    const { emit } = request;
    const startedAt = this.#clock.now();
    const ended = (fields: ReturnType<typeof outcomeOf>): void => {
      const { attempts, waited } = call;
      // Not negative, should the clock be set back.
      const duration = Math.max(0, this.#clock.now() - startedAt);
      emit("call-ended", Object.assign({}, fields, { duration, attempts, waited }));
    };
    try {
      const response = await send(request);
      ended({ outcome: "succeeded" });
      return response;
    } catch (error) {
      ended(outcomeOf(error, request.signal));
      throw error;
    }
  }

  #begin(request: HttpRequest): Call {
    const piece = this.#events.piece();
    if (!piece) return { attempts: 0, waited: 0, emit: undefined };
    this.#count += 1;
    const call = this.#count;
    const operation = request.operation ?? String(request.method);
    const about = this.#showsNames ? { call, operation, target: targetOf(request) } : { call, operation };
    return {
      attempts: 0,
      waited: 0,
      // Many times as fast as spreading both into a literal.
      emit: (type, fields) => piece.emit(type, Object.assign({}, about, fields) as never),
      begin: (work) => piece.begin("call-started", about, work),
    };
  }
}

interface CallsOptions {
  readonly events: Pick<Events, "piece">;
  readonly clock: Clock;
  readonly namesInEvents: boolean;
}

/** How something that rejected with this error ended. */
export function outcomeOf(
  error: unknown,
  signal: AbortSignal | undefined,
): Omit<EventFields["login-ended"], "duration" | "strategy" | "kind"> {
  if (isReasonOf(signal, error)) return { outcome: "aborted" };
  if (!isInfisicalError(error)) return { outcome: signal?.aborted ? "aborted" : "failed" };
  const { code } = error;
  if (error.name === "InfisicalSDKError") return { outcome: "failed", code };
  const { statusCode, requestId } = error;
  return { outcome: "failed", code, statusCode, requestId };
}
