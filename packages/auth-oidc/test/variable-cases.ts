import type { TokenSource } from "@infisical/core";
import { describe, expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { contextOf, failureWithout, setVariables, startIssuer } from "./source-kit.ts";

/** What holds for every source that reads a variable. */
export function variableCases(name: string, create: () => TokenSource, renewal: string): void {
  describe(`the token in ${name}`, () => {
    test("logs a client in, without white space around it", async () => {
      const { issuer, logIn } = await startIssuer();
      setVariables({ [name]: `\n ${await issuer.issueToken()}\n` });
      await logIn(create());
    });

    test("is read at every login", async () => {
      const { issuer } = await startIssuer();
      const source = create();
      for (const sub of ["one", "two"]) {
        const token = await issuer.issueToken({ sub });
        setVariables({ [name]: token });
        expect(await source(contextOf())).toBe(token);
      }
    });

    test("that has expired is not sent; the error has both times, and says that it cannot be renewed", async () => {
      const { issuer, logIn } = await startIssuer();
      const exp = Date.UTC(2026, 0, 1) / 1000;
      setVariables({ [name]: await issuer.issueToken({ iat: exp - 60, nbf: exp - 60, exp }) });
      const failure = await failureOf(logIn(create()));
      expect(failure.message.endsWith(` ${renewal}`)).toBe(true);
      expect(failure).toMatchObject({
        code: "AUTH_FAILED",
        message: expect.stringMatching(
          new RegExp(
            `^The token in the variable ${name} expired at 2026-01-01T00:00:00.000Z; it is 20\\S+Z by this machine's clock, ` +
              "which may be wrong. A variable is set once, so its token cannot be renewed. ",
          ),
        ),
      });
    });

    test("may lack the time at which it expires", async () => {
      const { issuer } = await startIssuer();
      const token = await issuer.issueToken({ exp: undefined });
      setVariables({ [name]: token });
      expect(await create()(contextOf())).toBe(token);
    });

    test.each([
      ['"eyJh.hunter2.eyJh"', "contains text in quotation marks"],
      ["hunter2", "contains other text"],
      ["eyJh.hunter2", "contains other text"],
      ['{"token":"hunter2"}', "contains JSON"],
    ])("is not %s, which the error does not repeat", async (value, said) => {
      setVariables({ [name]: value });
      const failure = await failureWithout(["hunter2"], create());
      expect(failure).toMatchObject({
        code: "AUTH_FAILED",
        message: `The variable ${name} ${said} instead of a JWT (three parts of base64url with dots in between).`,
      });
    });
  });
}
