import { optionError, readOption } from "../errors/make-error.ts";
import type { Clock } from "../support/time.ts";
import type { ClientEvent, EventListener } from "./events.ts";

/** What an observer is told about a client when the client is created. */
export interface ObservedClient {
  /** The server's address. */
  readonly siteUrl: string;
  /** The client's time, by which events are dated. */
  readonly clock: Clock;
  /**
   * Returns an object that represents who the client acts as: another one after `accessToken`, `revoke`, and `login` with
   * another strategy. What its logins have told before is then about somebody else. `undefined` while it is being created.
   */
  readonly identity: () => object | undefined;
  /**
   * Registers something to end when the client closes.
   *
   * @param end - Ends it.
   */
  readonly onClose: (end: () => void) => void;
}

/** The event with which a call or a login begins. */
export type Beginning = Extract<
  ClientEvent,
  {
    /** What begins. */
    readonly type: "call-started" | "login-started";
  }
>;

/**
 * Runs a call or a login, such as in the context of a span that the requests in it belong to.
 *
 * It sees neither the result nor the error, and cannot change either: what it throws is ignored.
 *
 * @param began - What begins: a call with its retries and the login that it waits for, or a login.
 * @param run - Starts it. Call it before you return; otherwise it is started without you. Further calls do nothing. The
 * listener is called with the events of this call or login after the beginning. What it throws is ignored.
 */
export type Around = (began: Beginning, run: (listener?: EventListener) => void) => void;

/** What follows one client. */
export interface ClientObserver {
  /**
   * Is called with every event, as the option `onEvent`.
   *
   * @defaultValue none
   */
  readonly onEvent?: EventListener | undefined;
  /**
   * Runs every call and every login.
   *
   * @defaultValue none: they run in the context of whoever makes them
   */
  readonly around?: Around | undefined;
}

/**
 * Follows clients, for traces and metrics. `telemetry()` of `@infisical/opentelemetry` is one.
 *
 * @param client - The client that is being created.
 * @returns What follows it.
 *
 * @example
 * import { AsyncLocalStorage } from "node:async_hooks";
 * import { createClient, type Observer } from "@infisical/core";
 * const operation = new AsyncLocalStorage<string>();
 * const observer: Observer = () => ({
 *   around: (began, run) => {
 *     if (began.type === "call-started") operation.run(began.operation, run);
 *     else run();
 *   },
 * });
 * createClient({ observer });
 */
export type Observer = (client: ObservedClient) => ClientObserver;

interface FollowedOptions extends Pick<ObservedClient, "siteUrl" | "clock"> {
  readonly observer: Observer | undefined;
}

/**
 * Asks the observer, if there is one, what follows a client.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it returns something else than an object with `onEvent` or `around`.
 */
export function followerOf(
  { observer, siteUrl, clock }: FollowedOptions,
  identity: ObservedClient["identity"],
  onClose: (end: () => void) => unknown,
): ClientObserver | undefined {
  if (!observer) return undefined;
  const follower: unknown = observer({
    siteUrl,
    clock,
    identity,
    onClose: (end) => void onClose(() => end()),
  });
  const { onEvent, around, then } = readOption("observer", () => {
    const { onEvent, around, then } = Object(follower) as ClientObserver & { readonly then?: unknown };
    return { onEvent, around, then };
  });
  const isFollower =
    then === undefined && [onEvent, around].every((each) => each === undefined || typeof each === "function");
  if (typeof follower === "object" && follower !== null && isFollower) {
    // It can be an instance of a class, whose methods need it.
    return {
      onEvent: onEvent && ((event) => onEvent.call(follower, event)),
      around: around && ((began, run) => around.call(follower, began, run)),
    };
  }
  throw optionError("observer", "must return an object with the functions onEvent or around", follower);
}
