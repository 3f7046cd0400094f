import fc from "fast-check";
import { expect, test } from "vitest";
import {
  fieldsOf,
  folderPath,
  listOf,
  oneOf,
  parseCallOptions,
  requireFlag,
  requireText,
} from "../src/authoring.ts";
import { missingFrom } from "../src/http/response.ts";
import { createClient, isInfisicalError } from "../src/index.ts";

const rules = {
  projectId: requireText,
  environment: requireText,
  "secretPath?": folderPath,
  "recursive?": requireFlag,
  "type?": oneOf("shared", "personal"),
  "tags?": listOf(requireText),
  "owner?": fieldsOf({ name: requireText, "age?": (_, age) => age }),
};
const right = { projectId: "p", environment: "dev" };
const parse = (options: unknown): object => parseCallOptions(options as object, rules);

test("options that were given are returned, each as its rule has it, and those that are undefined are not there", () => {
  const options = {
    ...right,
    secretPath: "app",
    recursive: false,
    tags: ["a"],
    owner: { name: "Ada" },
    signal: undefined,
  };
  expect({ ...parse(options) }).toEqual({
    ...right,
    secretPath: "/app",
    recursive: false,
    tags: ["a"],
    owner: { name: "Ada" },
  });
  expect(Object.keys(parse(options))).not.toContain("signal");
});

test.each([
  [undefined, /^options must be an object with projectId, environment, and optionally secretPath/],
  [null, /^options must be an object with projectId.*got null/],
  ["p", /^options must be an object with [\w, ]+, got a string\.$/],
  [[right], /^options must be an object.*got an array/],
  [{ environment: "dev" }, /^projectId must be a non-empty string/],
  [{ ...right, projectId: null }, /^projectId must be a non-empty string, got null/],
  [{ ...right, projectId: " " }, /^projectId must be/],
  [{ ...right, environment: {} }, /^environment must be a non-empty string, got an object/],
  [{ ...right, secretPath: "/a//b" }, /^secretPath must have no empty part/],
  [{ ...right, recursive: "true" }, /^recursive must be true or false, got "true"/],
  [{ ...right, type: "Shared" }, /^type must be one of "shared", "personal", got "Shared"/],
  [{ ...right, tags: "a" }, /^tags must be an array/],
  [{ ...right, tags: ["a", 1] }, /^tags\[1\] must be a non-empty string, got 1/],
  [{ ...right, tags: [undefined, "a"] }, /^tags\[0\] must be/],
  [{ ...right, owner: {} }, /^owner\.name must be/],
  [{ ...right, owner: { name: "a", nam: 1 } }, /^owner\.nam is not an option; did you mean owner\.name\?/],
  [{ ...right, secretpath: "/" }, /^secretpath is not an option; did you mean secretPath\?/],
  [{ ...right, enviroment: "dev" }, /^enviroment is not an option; did you mean environment\?/],
  [{ ...right, zzz: 1 }, /^zzz is not an option; the options are projectId, environment/],
  [{ ...right, ["x".repeat(1e6)]: 1 }, /^x{20}… is not an option/],
  [{ ...right, signal: {} }, /^signal must be an AbortSignal/],
  [{ ...right, timeout: "soon" }, /^timeout must be/],
  [{ ...right, timeout: 0 }, /^timeout must be greater than 0/],
  [Object.create(right), /^projectId must be/],
  [JSON.parse('{"projectId":"p","environment":"dev","__proto__":{"a":1}}'), /^__proto__ is not an option/],
])("%# is refused by name and rule", (options, message) => {
  expect(() => parse(options)).toThrow(message);
});

test("whatever is passed, the options are right or the error is ours", () => {
  const key = fc.oneof(
    fc.constantFrom(...Object.keys(rules).map((name) => name.replace("?", ""))),
    fc.string(),
  );
  const options = fc.oneof(
    fc.anything(),
    fc.dictionary(key, fc.anything({ withBigInt: true, withDate: true })),
  );
  fc.assert(
    fc.property(options, (given) => {
      try {
        parse(given);
        return true;
      } catch (error) {
        return isInfisicalError(error) && error.code === "INVALID_OPTION";
      }
    }),
    { seed: 20261126, numRuns: 2000 },
  );
});

test.each([
  ["projectid", "projectId"],
  ["secret_path", "secretPath"],
  ["recursiv", "recursive"],
])("%s is taken for a misspelt %s", (written, meant) => {
  expect(() => parse({ ...right, [written]: "x" })).toThrow(`did you mean ${meant}?`);
});

test.each([
  [{ siteurl: "x" }, /^siteurl is not an option; did you mean siteUrl\?/],
  [{ siteUrl: null }, /^siteUrl must be a non-empty string, got null/],
  [{ siteUrl: '"https://app.infisical.com"' }, /^siteUrl must not be in quotation marks/],
  [{ siteUrl: "'app.infisical.com'" }, /^siteUrl must not be in quotation marks/],
  [{ plugins: null }, /^plugins must be an array/],
  [{ retry: [] }, /^retry must be an object or false/],
  [{ retry: { limits: 3 } }, /^retry\.limits is not an option; did you mean retry\.limit\?/],
  [{ transport: {} }, /^transport must be a transport/],
  [{ headers: { "If-None-Match": "x" } }, /^headers\.if-none-match must not go with every request/],
  [
    { headers: { ["Bearer ".concat("s".repeat(100))]: "x" } },
    /^headers must have valid HTTP header names of at most 60 characters\.$/,
  ],
  [[], /^options must be an object/],
  [null, /^options must be an object/],
] as const)("createClient(%j) says what is wrong", (options, message) => {
  expect(() => createClient(options as object)).toThrow(message);
});

test.each([
  "https://u:PASS@h h",
  "https://u:PASS@h:99999",
  "https://u:PASS@",
  "u:PASS@host",
  "https://h?k=PASS h",
  "https://h h/#PASS",
])("a siteUrl that may hold a password is not repeated: %s", (siteUrl) => {
  expect(() => createClient({ siteUrl })).toThrow(/^(?!.*PASS)siteUrl must/);
});

test.each([["/".repeat(1_000_000)], ["a/".repeat(500_000)], ["https://h".concat("/".repeat(1900))]])(
  "a long siteUrl is answered at once",
  (siteUrl) => {
    try {
      createClient({ siteUrl });
    } catch (error) {
      expect(error).toMatchObject({ code: "INVALID_OPTION" });
    }
  },
);

test.each([
  "/api/v1/a/.\t./admin",
  "/api/v1/a/.\n./admin",
  "/api/%2e\t%2e/b",
  "/api/a b",
  "/api/\u0000",
  "/api/\u007f",
  "/api/a\u00a0",
  5,
  null,
  {},
])("the path %j is refused", async (path) => {
  const call = createClient().request({ method: "GET", path: path as string });
  await expect(call).rejects.toMatchObject({
    code: expect.stringMatching(/INVALID_OPTION|NOT_AUTHENTICATED/),
  });
  const client = createClient();
  client.auth().accessToken("t");
  await expect(client.request({ method: "GET", path: path as string })).rejects.toMatchObject({
    code: "INVALID_OPTION",
  });
});

test.each([
  undefined,
  null,
  1,
  "x",
  [],
  { method: "get", path: "/api" },
  { method: "GET", path: "/api", query: { a: {} } },
  { method: "GET", path: "/api", query: { a: null } },
  { method: "GET", path: "/api", query: { a: Number.NaN } },
])("request(%j) rejects with INVALID_OPTION", async (request) => {
  const client = createClient();
  client.auth().accessToken("t");
  await expect(client.request(request as never)).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

const shape = {
  secrets: [{ secretKey: "string", "secretComment?": "string" }],
  "imports?": [{ secrets: "array" }],
} as const;

test.each([
  [{ secrets: [] }, undefined],
  [{ secrets: [{ secretKey: "A", secretComment: null }], imports: null }, undefined],
  [{ secrets: [{ secretKey: "A", more: 1 }], imports: [{ secrets: [] }] }, undefined],
  [{}, "`secrets` (array)"],
  [null, "its object"],
  [[], "its object"],
  [{ secrets: {} }, "`secrets` (array)"],
  [{ secrets: [null] }, "`secrets[0]` (object)"],
  [{ secrets: [{ secretKey: "A" }, {}] }, "`secrets[1].secretKey` (string)"],
  [{ secrets: [{ secretKey: 5 }] }, "`secrets[0].secretKey` (string)"],
  [{ secrets: [{ secretKey: "A", secretComment: 5 }] }, "`secrets[0].secretComment` (string)"],
  [{ secrets: [], imports: {} }, "`imports` (array)"],
  [{ secrets: [], imports: [null] }, "`imports[0]` (object)"],
  [Object.create({ secrets: [] }), "`secrets` (array)"],
])("of the response %j, what is missing is named: %s", (body, missing) => {
  expect(missingFrom(body, shape)).toBe(missing);
});

test("of several shapes, one is enough", () => {
  const either = [{ secret: "object" }, { secrets: [{ id: "string" }] }] as const;
  expect(missingFrom({ secret: {} }, either)).toBeUndefined();
  expect(missingFrom({ secrets: [{ id: 1 }] }, either)).toBe("`secret` (object) or `secrets[0].id` (string)");
});
