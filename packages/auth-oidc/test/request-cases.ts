import type { TokenSource } from "@infisical/core";
import type { StandIn, TestTokenIssuer } from "@infisical/test-server/clouds";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import { contextOf, emptyEnvironment, type Failure, failureWithout, startIssuer } from "./source-kit.ts";

/** A platform that a source requests its token from. */
export interface Started {
  readonly standIn: StandIn;
  readonly source: TokenSource;
  /** What no error may show. */
  readonly credentials: readonly string[];
}

/** How the cases start a platform. */
export type StartPlatform = (options: {
  readonly issuer: TestTokenIssuer;
  readonly expiresIn?: number;
}) => Promise<Started>;

/** What differs between the platforms. */
export interface Platform {
  /** Who is asked, as in the errors. */
  readonly name: string;
  /** The field of the response with the token; `undefined` if the response is the token. */
  readonly field?: string;
  /** The time limit of an attempt, in milliseconds. */
  readonly limit?: number;
  /** The waits between the attempts, in milliseconds. */
  readonly waits?: readonly number[];
  /** Headers that all its responses have. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What holds for every source that requests its token. */
export function requestCases(startPlatform: StartPlatform, platform: Platform): void {
  const { name, field, limit = 3000, waits = [100, 400], headers = {} } = platform;
  emptyEnvironment();

  async function started(options: { readonly expiresIn?: number } = {}) {
    const { issuer, logIn } = await startIssuer();
    const all = await startPlatform({ issuer, ...options });
    onTestFinished(() => all.standIn.close());
    return { ...all, issuer, logIn };
  }

  const answer = (body: unknown, status = 200) => ({ status, body, headers });
  const bodyOf = (token: unknown) => (field === undefined ? token : { [field]: token });

  describe(`a token of ${name}`, () => {
    test("logs a client in", async () => {
      const { source, standIn, logIn } = await started();
      await logIn(source);
      expect(standIn.requests).toHaveLength(1);
    });

    test("is requested at every login", async () => {
      const { source, standIn } = await started();
      await source(contextOf());
      await source(contextOf());
      expect(standIn.requests).toHaveLength(2);
    });

    test("that has expired is not sent to Infisical", async () => {
      const { source, logIn } = await started({ expiresIn: -60 });
      const failure = await failureOf(logIn(source));
      expect(failure).toMatchObject({ code: "AUTH_FAILED" });
      expect(failure.message).toMatch(/^The token \(issuer https:\/\/issuer\.test.*\) expired at /);
    });

    test.each([429, 500, 503])("is requested again after status %i", async (status) => {
      const { source, standIn } = await started();
      standIn.fail({}, answer({ message: "later" }, status));
      const context = contextOf();
      expect(await source(context)).toMatch(/^eyJ/);
      expect(context.clock.waits).toEqual(waits.slice(0, 1));
    });

    test("is requested again after a broken connection", async () => {
      const { source, standIn } = await started();
      standIn.fail({ times: 2 }, { drop: "before" });
      const context = contextOf();
      expect(await source(context)).toMatch(/^eyJ/);
      expect(context.clock.waits).toEqual(waits);
      expect(standIn.requests).toHaveLength(3);
    });

    test("is requested three times at most, and the error says what the last status was", async () => {
      const { source, standIn, credentials } = await started();
      standIn.fail({ times: 9 }, answer({ message: `no ${credentials.join(" ")}` }, 502));
      const failure = await failureWithout(credentials, source);
      expect(standIn.requests).toHaveLength(3);
      expect(failure.code).toBe("SERVER_ERROR");
      expect(failure.message).toContain(`${name} refused with status 502`);
    });

    test("too many requests are RATE_LIMITED", async () => {
      const { source, standIn, credentials } = await started();
      standIn.fail({ times: 9 }, answer({ message: "slow down" }, 429));
      const failure = await failureWithout(credentials, source);
      expect(failure.code).toBe("RATE_LIMITED");
      expect(failure.message).toContain(`${name} refused with status 429: slow down.`);
    });

    test.each([400, 401, 403])("status %i is final", async (status) => {
      const { source, standIn, credentials } = await started();
      standIn.fail({}, answer({ message: `No access for ${credentials.join(" ") || "you"}.` }, status));
      const failure = await failureWithout(credentials, source);
      expect(standIn.requests).toHaveLength(1);
      expect(failure.code).toBe("AUTH_FAILED");
      expect(failure.message).toContain(`${name} refused with status ${status}: No access for`);
    });

    test("a redirect is not followed", async () => {
      const { source, standIn, credentials } = await started();
      standIn.fail({}, { status: 302, body: "", headers: { ...headers, location: "http://127.0.0.1:1/" } });
      const failure = await failureWithout(credentials, source);
      expect(failure.code).toBe("AUTH_FAILED");
      expect(failure.message).toContain(`${name} refused with status 302.`);
    });

    const garbage: [string, unknown, string][] = [
      ["an HTML page", "<html>sign in</html>", "contains a page"],
      ["nothing", "", "is empty"],
      ["an opaque token", bodyOf("opaque-hunter2-opaque"), "contains other text instead of a JWT"],
      ["an encrypted JWT", bodyOf("eyJh.hunter2.eyJh.eyJh.eyJh"), "contains other text instead of a JWT"],
      ["other characters", bodyOf("eyJh.hunter2!.eyJh"), "contains other text instead of a JWT"],
      ["two words", bodyOf("hunter2 eyJh"), "contains text with white space instead of a JWT"],
    ];
    if (field !== undefined) {
      garbage.push(
        ["text that is not JSON", "hunter2", `has no token in "${field}": it contains other text.`],
        ["a list", "[1]", `has no token in "${field}": it contains JSON.`],
        ["other fields", { other: "hunter2" }, `has no token in "${field}": it contains JSON.`],
        ["a number", bodyOf(7), `has no token in "${field}": it contains JSON.`],
      );
    }
    test.each(garbage)("is not %s, of which the error only says what it is", async (_, body, said) => {
      const { source, standIn, credentials } = await started();
      standIn.fail({}, answer(body));
      const failure = await failureWithout([...credentials, "hunter2"], source);
      expect(failure.code).toBe("AUTH_FAILED");
      expect(failure.message).toContain(said);
      expect(standIn.requests).toHaveLength(1);
    });

    test.each(["headers", "body"] as const)(`can take ${limit} ms for each attempt (%s)`, async (stall) => {
      const { source, standIn, credentials } = await started();
      standIn.fail({ times: 9 }, { stall });
      // Timers only: sockets go on in real time.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      let failure: Failure | undefined;
      const failed = failureWithout(credentials, source).then((error) => {
        failure = error;
      });
      for (const attempt of [1, 2, 3]) {
        // Not by expect.poll, which moves the fake timers.
        while (standIn.requests.length < attempt) await new Promise((turn) => setImmediate(turn));
        await vi.advanceTimersByTimeAsync(limit - 1);
        expect(failure).toBeUndefined();
        await vi.advanceTimersByTimeAsync(1);
      }
      await failed;
      expect(failure?.code).toBe("TIMEOUT");
      expect(failure?.message).toContain(`${name} took longer than ${limit} ms.`);
    });

    test("ends with the signal's own reason, at once", async () => {
      const { source, standIn } = await started();
      standIn.fail({}, { stall: "headers" });
      // No time passes: sockets go on in real time.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      const controller = new AbortController();
      const token = source(contextOf({ signal: controller.signal }));
      const failure = failureOf(Promise.resolve(token));
      while (standIn.requests.length === 0) await new Promise((turn) => setImmediate(turn));
      const reason = new Error("switched");
      controller.abort(reason);
      expect(await failure).toBe(reason);
    });

    test("is not requested after the signal has aborted", async () => {
      const { source, standIn } = await started();
      const reason = new Error("switched");
      const context = contextOf({ signal: AbortSignal.abort(reason) });
      expect(await failureOf(Promise.resolve(source(context)))).toBe(reason);
      expect(standIn.requests).toHaveLength(0);
    });
  });
}
