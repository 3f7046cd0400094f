import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, jumpingClock, start, withResolvers } from "#test-kit";
import { type ClientEvent, type Logger, type LogLevel, logEvents } from "../src/index.ts";
import { list } from "./calls.ts";

/** A logger that keeps its lines, with their levels. */
function memoryLogger(): { readonly lines: string[]; readonly logger: Logger } {
  const lines: string[] = [];
  const at = (level: LogLevel) => (line: string) => void lines.push(`${level}: ${line}`);
  return { lines, logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

const base = { at: 0, client: "c1" };
const call = { ...base, call: 1, operation: "secrets.getSecret" };
const login = { ...base, strategy: "aws-auth", kind: "login" } as const;
const lease = { ...base, leaseId: "l1" };

const everyEvent: readonly [ClientEvent, string][] = [
  [{ ...call, type: "call-started" }, "debug: infisical: secrets.getSecret started."],
  [
    { ...call, type: "call-ended", outcome: "succeeded", duration: 12, attempts: 1, waited: 0 },
    "debug: infisical: secrets.getSecret succeeded after 12ms.",
  ],
  [
    {
      ...{ ...call, type: "call-ended", outcome: "failed", duration: 9000, attempts: 5, waited: 8000 },
      ...{ code: "SERVER_ERROR", statusCode: 503, target: { secretName: "A", environment: "dev" } },
    },
    'debug: infisical: secrets.getSecret (secretName "A", environment "dev") failed after 9s (SERVER_ERROR, 503), 5 requests, 8s of it waiting.',
  ],
  [
    { ...call, type: "call-ended", outcome: "succeeded", duration: 0, attempts: 0, waited: 0 },
    "debug: infisical: secrets.getSecret succeeded after 0ms, 0 requests.",
  ],
  [
    { ...call, type: "call-waiting", reason: "slot" },
    "info: infisical: secrets.getSecret waits: as many requests as maxConcurrent allows are in flight.",
  ],
  [
    { ...call, type: "call-waiting", reason: "rate-limit" },
    "debug: infisical: secrets.getSecret waits for the end of the rate limit.",
  ],
  [
    { ...call, type: "retry-scheduled", attempt: 1, delay: 420, code: "UNREACHABLE" },
    "warn: infisical: secrets.getSecret: attempt 1 failed (UNREACHABLE); the next one follows in 420ms.",
  ],
  [
    { ...call, type: "cool-down-started", delay: 60_000 },
    "warn: infisical: The server limits the rate: nothing is sent for 1m.",
  ],
  [{ ...login, type: "login-started" }, "debug: infisical: The login with aws-auth started."],
  [
    { ...login, type: "login-slow", elapsed: 2000 },
    "warn: infisical: The login with aws-auth has taken 2s and continues; calls wait for it.",
  ],
  [
    { ...login, type: "login-ended", outcome: "succeeded", duration: 80 },
    "info: infisical: The login with aws-auth succeeded after 80ms.",
  ],
  [
    { ...login, kind: "renewal", type: "login-ended", outcome: "failed", duration: 80, code: "AUTH_FAILED" },
    "error: infisical: The renewal of the aws-auth token failed after 80ms (AUTH_FAILED).",
  ],
  [
    { ...call, type: "token-refused", statusCode: 403 },
    "warn: infisical: The server refused the token of secrets.getSecret (403).",
  ],
  [
    { ...call, type: "cache-hit", age: 1500 },
    "debug: infisical: secrets.getSecret: the cache answered, 2s old.",
  ],
  [
    { ...call, type: "stale-served", age: 61_000, reason: "revalidating" },
    "info: infisical: secrets.getSecret: an old response, 1m old, was served.",
  ],
  [
    { ...call, type: "stale-served", age: 61_000, reason: "failed", code: "TIMEOUT" },
    "warn: infisical: secrets.getSecret: an old response, 1m old, was served, since a new one could not be read (TIMEOUT).",
  ],
  [
    { ...lease, type: "lease-created", provider: "redis", expiresAt: 0 },
    "info: infisical: Lease l1 of redis was created; it ends 1970-01-01T00:00:00.000Z.",
  ],
  [
    { ...lease, type: "lease-renewed", expiresAt: Number.NaN },
    "info: infisical: Lease l1 was renewed; it ends at an unknown time.",
  ],
  [
    { ...lease, type: "lease-ending", code: "FORBIDDEN" },
    "error: infisical: Lease l1 cannot be renewed and is about to end (FORBIDDEN).",
  ],
  [{ ...lease, type: "lease-revoked", outcome: "succeeded" }, "info: infisical: Lease l1 was revoked."],
  [
    { ...lease, type: "lease-revoked", outcome: "failed", code: "REVOCATION_FAILED" },
    "error: infisical: Lease l1 could not be revoked (REVOCATION_FAILED); its credentials may still work.",
  ],
];

test.each(everyEvent)("$type is a line for people", (event, line) => {
  const { lines, logger } = memoryLogger();
  logEvents({ level: "debug", logger })(event);
  expect(lines).toEqual([line]);
});

test.each([
  ["debug", ["debug", "info", "warn", "error"]],
  ["info", ["info", "warn", "error"]],
  ["warn", ["warn", "error"]],
  ["error", ["error"]],
  ["silent", []],
  [undefined, ["info", "warn", "error"]],
] as const)("at level %s the lines of %j are written", (level, written) => {
  const { lines, logger } = memoryLogger();
  const log = logEvents({ level, logger });
  for (const [event] of everyEvent) log(event);
  expect([...new Set(lines.map((line) => line.split(":")[0]))].sort()).toEqual([...written].sort());
});

test("without a logger, lines go to standard error, and none to standard output", async () => {
  const write = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const other = (["log", "info", "debug", "warn"] as const).map((name) => vi.spyOn(console, name));
  onTestFinished(() => void vi.restoreAllMocks());
  const { client, location } = await start({ onEvent: logEvents() });
  await list(client, location);
  expect(write.mock.calls).toEqual([
    [expect.stringMatching(/^infisical: The login with universal-auth succeeded after \d+ms\.$/)],
  ]);
  for (const spy of other) expect(spy).not.toHaveBeenCalled();
});

test("an application that hangs says why: a slow login, a rate limit, retries", async () => {
  const { lines, logger } = memoryLogger();
  const proof = withResolvers<never>();
  const onEvent = logEvents({ logger });
  const { server, connect, location } = await start();
  const slow = connect({
    ...{ onEvent, clock: jumpingClock() },
    auth: { name: "slow-auth", login: () => proof.promise },
  });
  const isSlow = withResolvers<void>();
  const first = failureOf(list(slow, location, AbortSignal.timeout(60_000)));
  const isSlowNow = async (): Promise<void> => {
    while (!lines.some((line) => line.includes("continues"))) await new Promise(setImmediate);
    isSlow.resolve();
  };
  await Promise.all([isSlowNow(), isSlow.promise]);
  proof.reject(new Error("enough"));
  await first;
  const limited = connect({ onEvent, clock: jumpingClock() });
  await list(limited, location);
  server.fail({ method: "GET" }, { rateLimit: { retryAfter: 7 } });
  await list(limited, location);
  server.fail({ method: "GET" }, { status: 502 });
  await list(limited, location);
  const text = lines.join("\n");
  expect(text).toContain("The login with slow-auth has taken 2s and continues");
  expect(text).toContain("nothing is sent for 7s");
  expect(text).toMatch(/attempt 1 failed \(SERVER_ERROR|GATEWAY_ERROR, 502\)/);
});

test("a line is one line, whatever the names in it", () => {
  const { lines, logger } = memoryLogger();
  const onEvent = logEvents({ level: "debug", logger });
  onEvent({ ...call, type: "call-started", target: { secretName: "A\n\u001b[31mB" } });
  onEvent({ ...login, strategy: "evil\r\nauth", type: "login-started" });
  expect(["\r", "\n", "\u001b"].filter((character) => lines.join("").includes(character))).toEqual([]);
});

test("an event of a later version becomes nothing, and the logger keeps its this", () => {
  class Lines {
    readonly lines: string[] = [];
    #add(line: string): void {
      this.lines.push(line);
    }
    debug(line: string): void {
      this.#add(line);
    }
    info = this.debug;
    warn = this.debug;
    error = this.debug;
  }
  const logger = new Lines();
  const onEvent = logEvents({ level: "debug", logger });
  onEvent({ ...call, type: "call-postponed" } as never);
  onEvent({ ...call, type: "call-started" });
  expect(logger.lines).toEqual(["infisical: secrets.getSecret started."]);
});

test.each([
  [{ level: "verbose" }, 'level must be one of "debug", "info", "warn", "error", "silent"'],
  [{ logger: () => undefined }, "logger must have the functions debug, info, warn and error"],
  [{ logger: { info: () => undefined } }, "logger must have the functions debug, info, warn and error"],
  [{ levels: "info" }, "levels"],
])("%j is refused", (options, message) => {
  expect(() => logEvents(options as never)).toThrow(message);
});
