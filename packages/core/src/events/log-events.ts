import type { ClientEvent, EventListener } from "../contracts/events.ts";
import { oneLine } from "../errors/errors.ts";
import { optionError } from "../errors/make-error.ts";
import { fieldsOf } from "../support/call-options.ts";
import { oneOf } from "../support/check.ts";
import { lineOf } from "./line.ts";

/** The levels of log lines, in ascending order. */
const levels = ["debug", "info", "warn", "error"] as const;

/** How important a log line is. */
export type LogLevel = (typeof levels)[number];

/** Where log lines go: `console`, pino, winston, or any object with these functions. */
export type Logger = {
  readonly [Level in LogLevel]: (line: string) => unknown;
};

/** Which events become lines, and where they go. */
export interface LogEventsOptions {
  /**
   * The lowest level that is written; `"silent"` writes nothing.
   *
   * `"debug"` has every event. `"info"` has what a person at a terminal wants to know: logins, leases, old values, and
   * whatever makes the application wait. `"warn"` and `"error"` have what went wrong.
   *
   * @defaultValue "info"
   */
  readonly level?: LogLevel | "silent" | undefined;
  /**
   * Where the lines go.
   *
   * @defaultValue standard error, by `console.error`
   */
  readonly logger?: Logger | undefined;
}

const parseOptions = fieldsOf({ "level?": oneOf(...levels, "silent"), "logger?": requireLogger });

/**
 * Writes the events of a client as lines for people, for its option `onEvent`.
 *
 * @param options - Which events, and where to; see {@link LogEventsOptions}.
 * @returns A listener for `onEvent`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
 *
 * @example
 * import { createClient, logEvents } from "@infisical/core";
 * createClient({ onEvent: logEvents({ level: "warn" }) });
 */
export function logEvents(options: LogEventsOptions = {}): EventListener {
  const { level = "info", logger = standardError } = parseOptions("", options) as LogEventsOptions;
  const lowest = level === "silent" ? levels.length : levels.indexOf(level);
  return (event: ClientEvent) => {
    const line = lineOf(event);
    if (!line || levels.indexOf(line.level) < lowest) return undefined;
    return logger[line.level](oneLine(`infisical: ${line.text}`));
  };
}

/** Standard output belongs to the program's own results. */
// biome-ignore lint/suspicious/noConsole: whoever asks for log lines and names no logger gets them here.
const write = (line: string): void => console.error(line);
const standardError: Logger = { debug: write, info: write, warn: write, error: write };

function requireLogger(option: string, value: unknown): unknown {
  const functions = Object(value) as Partial<Record<LogLevel, unknown>>;
  if (levels.every((level) => typeof functions[level] === "function")) return value;
  throw optionError(option, "must have the functions debug, info, warn and error", value);
}
