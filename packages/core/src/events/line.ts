import type { ClientEvent, EventFields } from "../contracts/events.ts";
import { durationText } from "../support/time.ts";
import type { LogLevel } from "./log-events.ts";
import { targetText } from "./target.ts";

/** A line about an event, for people. */
export interface Line {
  readonly level: LogLevel;
  readonly text: string;
}

/**
 * What an event is called in a log, and how important it is there; `undefined` for one of a later version, which can
 * publish on the same channel.
 */
export function lineOf(event: ClientEvent): Line | undefined {
  switch (event.type) {
    case "call-started":
      return debug(`${call(event)} started.`);
    case "call-ended": {
      const { attempts, waited } = event;
      const sent = attempts === 1 ? "" : `, ${attempts} requests`;
      const wait = waited > 0 ? `, ${durationText(waited)} of it waiting` : "";
      return debug(`${call(event)} ${ended(event)}${sent}${wait}.`);
    }
    case "call-waiting":
      return event.reason === "slot"
        ? info(`${call(event)} waits: as many requests as maxConcurrent allows are in flight.`)
        : debug(`${call(event)} waits for the end of the rate limit.`);
    case "retry-scheduled": {
      const { attempt, delay } = event;
      return warn(
        `${call(event)}: attempt ${attempt} failed${why(event)}; the next one follows in ${durationText(delay)}.`,
      );
    }
    case "cool-down-started":
      return warn(`The server limits the rate: nothing is sent for ${durationText(event.delay)}.`);
    case "login-started":
      return debug(`${login(event)} started.`);
    case "login-slow":
      return warn(
        `${login(event)} has taken ${durationText(event.elapsed)} and continues; calls wait for it.`,
      );
    case "login-ended": {
      const text = `${login(event)} ${ended(event)}.`;
      return event.outcome === "failed" ? error(text) : info(text);
    }
    case "token-refused":
      return warn(`The server refused the token of ${call(event)}${why(event)}.`);
    case "cache-hit":
      return debug(`${call(event)}: the cache answered, ${durationText(event.age)} old.`);
    case "stale-served": {
      const { age, reason } = event;
      const because = reason === "failed" ? `, since a new one could not be read${why(event)}` : "";
      return (reason === "failed" ? warn : info)(
        `${call(event)}: an old response, ${durationText(age)} old, was served${because}.`,
      );
    }
    case "lease-created":
      return info(
        `Lease ${event.leaseId} of ${event.provider} was created; it ends ${date(event.expiresAt)}.`,
      );
    case "lease-renewed":
      return info(`Lease ${event.leaseId} was renewed; it ends ${date(event.expiresAt)}.`);
    case "lease-ending":
      return error(`Lease ${event.leaseId} cannot be renewed and is about to end${why(event)}.`);
    case "lease-revoked": {
      const { leaseId, outcome } = event;
      if (outcome === "succeeded") return info(`Lease ${leaseId} was revoked.`);
      return error(`Lease ${leaseId} could not be revoked${why(event)}; its credentials may still work.`);
    }
    default:
      return undefined;
  }
}

const debug = (text: string): Line => ({ level: "debug", text });
const info = (text: string): Line => ({ level: "info", text });
const warn = (text: string): Line => ({ level: "warn", text });
const error = (text: string): Line => ({ level: "error", text });

function call({ operation, target = {} }: EventFields["call-started"]): string {
  const about = targetText(target);
  return about === "" ? operation : `${operation} (${about})`;
}

function login({ strategy, kind }: EventFields["login-started"]): string {
  return kind === "login" ? `The login with ${strategy}` : `The renewal of the ${strategy} token`;
}

function ended(
  event: Pick<EventFields["login-ended"], "outcome" | "duration" | "code" | "statusCode">,
): string {
  return `${event.outcome} after ${durationText(event.duration)}${why(event)}`;
}

function why({ code, statusCode }: { readonly code?: unknown; readonly statusCode?: unknown }): string {
  const reasons = [code, statusCode].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
}

function date(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : "at an unknown time";
}
