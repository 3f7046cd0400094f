import type { InfisicalErrorCode } from "../errors/errors.ts";

/** How something ended: with a result, with an error, or because its caller's signal aborted. */
export type Outcome = "succeeded" | "failed" | "aborted";

/** The end of a piece of work. */
interface Ended {
  /** How it ended. */
  readonly outcome: Outcome;
  /** How long it took, in milliseconds by the client's clock. */
  readonly duration: number;
  /** The code of the error; `undefined` if it is not an error of this SDK, or if there is none. */
  readonly code?: InfisicalErrorCode | undefined;
  /** The status of the response that was the error. */
  readonly statusCode?: number | undefined;
  /** The server's own id of the request that failed, for its logs. */
  readonly requestId?: string | undefined;
}

/** What every event of a call has. */
interface OfCall {
  /** The number of the call: the events of one call have the same. */
  readonly call: number;
  /** The method that was called, such as `secrets.getSecret`; for a request without one, its HTTP method. */
  readonly operation: string;
  /** What the call is about, by name; only with `namesInEvents`. */
  readonly target?: Readonly<Record<string, string>> | undefined;
}

/** What every event of a login has. */
interface OfLogin {
  /** The name of the strategy; `token` for a token without one. */
  readonly strategy: string;
  /** Whether it logs in, or renews the token of an earlier login. */
  readonly kind: "login" | "renewal";
}

/** What every event of a lease has. */
interface OfLease {
  /** The lease's id. */
  readonly leaseId: string;
}

/** The fields of each event, by its type. */
export interface EventFields {
  /** A call began. */
  "call-started": OfCall;
  /** A call ended. */
  "call-ended": OfCall &
    Ended & {
      /** How many times a request was sent; 0 if a cache answered, or if the call ended before. */
      readonly attempts: number;
      /** How long the call waited between its attempts and for rate limits, in milliseconds. */
      readonly waited: number;
    };
  /** A call waits before it is sent: for the end of a rate limit, or because as many as `maxConcurrent` are in flight. */
  "call-waiting": OfCall & {
    /** What it waits for. */
    readonly reason: "rate-limit" | "slot";
  };
  /** An attempt failed, and the request is sent again after a wait. */
  "retry-scheduled": OfCall & {
    /** The number of the attempt that failed, from 1. */
    readonly attempt: number;
    /** The wait, in milliseconds. */
    readonly delay: number;
    /** Why the attempt failed. */
    readonly code: InfisicalErrorCode;
    /** The status of the response, if one arrived. */
    readonly statusCode?: number | undefined;
  };
  /** The server limits the rate: the whole client sends nothing for a while. */
  "cool-down-started": OfCall & {
    /** How long, in milliseconds. */
    readonly delay: number;
  };
  /** A login or a renewal began. */
  "login-started": OfLogin;
  /** A login or a renewal has taken two seconds and continues. */
  "login-slow": OfLogin & {
    /** How long it has taken, in milliseconds by the client's clock. */
    readonly elapsed: number;
  };
  /** A login or a renewal ended. */
  "login-ended": OfLogin &
    Ended & {
      /** The id of the identity that the new token is for, if the token says so. */
      readonly identityId?: string | undefined;
      /** The id of the organization that the new token is for, if the token says so. */
      readonly organizationId?: string | undefined;
    };
  /** The server refused the token of a call. */
  "token-refused": OfCall & {
    /** The status of the refusal. */
    readonly statusCode?: number | undefined;
  };
  /** A cache answered a read. */
  "cache-hit": OfCall & {
    /** The age of the response, in milliseconds. */
    readonly age: number;
  };
  /** A cache answered a read with an old response. */
  "stale-served": OfCall & {
    /** The age of the response, in milliseconds. */
    readonly age: number;
    /** Whether a new response is being fetched, or could not be fetched. */
    readonly reason: "revalidating" | "failed";
    /** Why it could not be fetched. */
    readonly code?: InfisicalErrorCode | undefined;
  };
  /** A lease was created. */
  "lease-created": OfLease & {
    /** The provider of its credentials, such as `redis`. */
    readonly provider: string;
    /** When it expires, in milliseconds since 1970. */
    readonly expiresAt: number;
  };
  /** A lease in use was renewed. */
  "lease-renewed": OfLease & {
    /** When it expires now, in milliseconds since 1970. */
    readonly expiresAt: number;
  };
  /** A lease in use could not be renewed and is about to end. */
  "lease-ending": OfLease & {
    /** Why the renewal failed; `undefined` if the lease has used up its time. */
    readonly code?: InfisicalErrorCode | undefined;
  };
  /** A lease was revoked, or could not be. */
  "lease-revoked": OfLease & {
    /** Whether its credentials are revoked. */
    readonly outcome: "succeeded" | "failed";
    /** Why they could not be revoked. */
    readonly code?: InfisicalErrorCode | undefined;
  };
}

/** The type of an event, such as `retry-scheduled`. */
export type EventType = keyof EventFields;

/**
 * Something that a client did. It never contains a credential or a value, and names of secrets and their places only
 * with `namesInEvents`.
 *
 * @example
 * import { type ClientEvent, createClient } from "@infisical/core";
 * const onEvent = (event: ClientEvent) => {
 *   if (event.type === "call-ended") console.log(event.operation, event.duration, event.attempts);
 * };
 * createClient({ onEvent });
 */
export type ClientEvent = {
  [Type in EventType]: {
    /** What happened. */
    readonly type: Type;
    /** When, in milliseconds since 1970 by the client's clock. */
    readonly at: number;
    /** A random text that tells the clients of a process apart. */
    readonly client: string;
  } & EventFields[Type];
}[EventType];

/**
 * Is called with every event of a client, while the client waits for nothing: what it throws or rejects with is
 * ignored.
 *
 * @param event - What happened. It is frozen.
 */
export type EventListener = (event: ClientEvent) => unknown;

/** Publishes an event that is not about a call. */
export type Emit = <Type extends EventType>(type: Type, fields: EventFields[Type]) => void;

/** Publishes an event about one call, whose fields it adds. */
export type EmitOfCall = <Type extends EventType>(
  type: Type,
  fields: Omit<EventFields[Type], keyof OfCall>,
) => void;

/** Where events go. */
export interface EventSink {
  /** Publishes an event; `undefined` while nobody listens, so read it each time: `events.emit?.("lease-renewed", ...)`. */
  readonly emit: Emit | undefined;
}
