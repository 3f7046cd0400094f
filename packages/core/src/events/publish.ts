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

/** Creates the sink of one client: its events go to its listener and to the channel. */
export function createEventSink(clock: Clock, listener: EventListener | undefined): EventSink {
  const channel = findChannel();
  const client = Math.random().toString(36).slice(2, 10);
  const emit: Emit = (type, fields) => {
    const event = Object.freeze({ type, at: clock.now(), client, ...fields }) as unknown as ClientEvent;
    if (listener) void notify(listener, event);
    if (channel?.hasSubscribers) channel.publish(event);
  };
  return {
    get emit() {
      return listener !== undefined || channel?.hasSubscribers ? emit : undefined;
    },
  };
}

/** A log line that fails must not cost the caller the value, or end the process. */
async function notify(listener: EventListener, event: ClientEvent): Promise<void> {
  try {
    await listener(event);
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
}

const key: unique symbol = Symbol("call");

interface Observed extends HttpRequest {
  [key]?: Call;
}

/** Creates and finds the calls of one client. */
export class Calls {
  readonly #events: EventSink;
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
    if (!call.emit) return send(request);
    return this.#observed(Object.assign(request, { emit: call.emit }), call, send);
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
      emit("call-ended", { ...fields, duration, attempts, waited });
    };
    emit("call-started", {});
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
    const { emit } = this.#events;
    if (!emit) return { attempts: 0, waited: 0, emit };
    this.#count += 1;
    const about = {
      call: this.#count,
      operation: request.operation ?? String(request.method),
      ...(this.#showsNames && { target: targetOf(request) }),
    };
    const emitOfCall = (type: EventType, fields: object): void =>
      emit(type, { ...about, ...fields } as never);
    return { attempts: 0, waited: 0, emit: emitOfCall };
  }
}

interface CallsOptions {
  readonly events: EventSink;
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
