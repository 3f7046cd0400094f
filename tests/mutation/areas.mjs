/**
 * What is mutated, and the tests that must notice.
 *
 * `bar` is the lowest share of mutants, in percent, that the tests of `together` must detect. Areas with the same
 * `together` are judged as one.
 *
 * @typedef {{ together: string, bar: number, mutate: string, tests: string[], leaveOut?: string[] }} Area
 */

/**
 * Tests of core, by the part that they are about: each mutant of a part costs their time.
 *
 * @param {string[]} names
 */
const coreTests = (...names) => names.map((name) => `packages/core/test/${name}.test.ts`);

/** @type {Readonly<Record<string, Area>>} By the name that the command takes. */
export const areas = {
  "core/session": {
    together: "core",
    bar: 85,
    mutate: "packages/core/src/session",
    tests: coreTests(
      "authoring",
      "caller-stack",
      "close",
      "event-targets",
      "events",
      "jwt-strategy",
      "log-events",
      "login",
      "login-bounds",
      "login-context",
      "login-failures",
      "middleware",
      "observer",
      "revocation",
      "signals",
      "time-limits",
      "token",
      "token-auth",
      "token-life",
      "token-uses",
      "tokens-from-elsewhere",
      "waiting-for-logins",
      "what-errors-repeat",
    ),
  },
  "core/http": {
    together: "core",
    bar: 85,
    mutate: "packages/core/src/http",
    tests: coreTests(
      "authoring",
      "broken-exchanges",
      "call-options",
      "caller-stack",
      "canonical-text",
      "cool-down",
      "destinations",
      "errors",
      "events",
      "events-of-odd-ends",
      "full-response",
      "gate",
      "gateways",
      "log-events",
      "login-bounds",
      "login-requests",
      "login-route",
      "meaning-of-responses",
      "redaction",
      "retries",
      "rule-violations",
      "rules-of-requests",
      "secrets-of-requests",
      "signals",
      "slots",
      "storms",
      "streamed",
      "time-limits",
      "transport",
      "unreadable-options",
      "what-errors-repeat",
    ),
  },
  "core/transports": {
    together: "core",
    bar: 85,
    mutate: "packages/core/src/transports",
    tests: coreTests("transports/**/*", "streamed", "transport"),
  },
  secrets: {
    together: "secrets",
    bar: 80,
    mutate: "packages/secrets/src",
    tests: ["packages/secrets/test/**/*.test.ts"],
  },
  cache: {
    together: "cache",
    bar: 80,
    mutate: "packages/cache/src",
    tests: ["packages/cache/test/**/*.test.ts"],
  },
  "auth-aws": {
    together: "auth-aws",
    bar: 80,
    mutate: "packages/auth-aws/src",
    tests: ["packages/auth-aws/test/**/*.test.ts"],
  },
  "dynamic-secrets/leases": {
    together: "dynamic-secrets/leases",
    bar: 80,
    mutate: "packages/dynamic-secrets/src/leases",
    tests: ["packages/dynamic-secrets/test/**/*.test.ts"],
    // It compiles the sources, which no mutant of a running program reaches.
    leaveOut: ["packages/dynamic-secrets/test/provider-errors.test.ts"],
  },
};

/**
 * Finds an area by its name.
 *
 * @param {string | undefined} name
 * @returns {Area}
 */
export function areaOf(name) {
  const area = areas[name ?? ""];
  if (area === undefined) {
    throw new Error(`The area must be one of ${Object.keys(areas).join(", ")}, got ${name}.`);
  }
  return area;
}
