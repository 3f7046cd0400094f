import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { createClient } from "../src/index.ts";

/** The error of a request that is answered with this message, and an error of this name. */
async function failureWith(message: string, error?: unknown) {
  const body = JSON.stringify({ reqId: "r", message, error });
  const client = createClient({ transport: async () => ({ status: 400, headers: {}, body }) });
  client.auth().accessToken("some-token");
  return await failureOf(client.request({ method: "POST", path: "/api/x", body: {} }));
}

/** What the error says of each failed rule. */
async function violationsIn(message: string) {
  const { code, details } = await failureWith(`Secret validation failed:${message}`, "BadRequest");
  expect(code).toBe("SECRET_RULE_VIOLATED");
  return details;
}

test.each([
  [
    '\nSecret "lower": key must match ^[A-Z_]+$ (rule: "Upper case", constraint: Regex)',
    [["lower", "Upper case"]],
  ],
  [
    '\n\nAPI_KEY: value is too short (rule "strong values", Minimum length)\n \t\nDB_URL: no (rule "urls only")',
    [
      ["API_KEY", "strong values"],
      ["DB_URL", "urls only"],
    ],
  ],
  [" \n\nsecret  'A': no\n\n\n\n`B` no\n\n", [["A"], ["B"]]],
  ['\nA: must not be "b" by the RULE of the project, "short names"', [["A", "short names"]]],
  ['\nA: forbidden by "short names"', [["A", "short names"]]],
  ['\n"A": forbidden by "short names"', [["A", "short names"]]],
  ['\nA: rule "x"', [["A", "x"]]],
  ['\nA: it overrules "x" and rule "y"', [["A", "y"]]],
  ["\nThe secret A is short", [["The"]]],
  ["\nsecretive: no", [["secretive"]]],
  ["\n: no", [[]]],
  ["\n\n \n", []],
])("%j is split into its failures", async (message, expected) => {
  const details = (await violationsIn(message)) as { secretName?: string; rule?: string }[];
  expect(details.map(({ secretName, rule }) => [secretName, rule])).toEqual(
    expected.map(([secretName, rule]) => [secretName, rule]),
  );
});

test("each failure has its text, without what is around it", async () => {
  expect(await violationsIn("\n\n  A: is short \n\n B: is long\n")).toMatchObject([
    { message: "A: is short" },
    { message: "B: is long" },
  ]);
});

test.each([
  ["NotFound", "NotFound"],
  ["A_1", "A_1"],
  ["x".repeat(60), "x".repeat(60)],
  ["x".repeat(61), undefined],
  ["Not Found", undefined],
  ["NotFound ", undefined],
  [" NotFound", undefined],
  ["", undefined],
  [7, undefined],
  [["NotFound"], undefined],
  [undefined, undefined],
])("the name %j of a server's error is the label %j: words only", async (error, label) => {
  expect((await failureWith("no", error)).label).toBe(label);
});
