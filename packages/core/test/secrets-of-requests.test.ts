import { expect, onTestFinished, test, vi } from "vitest";
import { printable, Redaction, shownDetails, withoutSecrets } from "../src/http/redact.ts";
import { bodySecrets, HeldSecrets, requestSecrets } from "../src/http/secrets.ts";
import { spellingsOf } from "../src/http/spellings.ts";

const ofHeaders = (headers: Record<string, string>) => [...requestSecrets(headers, undefined)];
const base64 = (text: string) => Buffer.from(text).toString("base64");
const signature = "AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host, Signature=0a1b2c";

test.each<[Record<string, string>, string[]]>([
  [{ accept: "a-b", "content-type": "b-c", "if-none-match": "c-d", "user-agent": "d-e" }, []],
  [{ Host: "a-b", "Content-Length": "12", "X-Amz-Date": "2026" }, []],
  [{ "x-key": "one" }, ["one", "one"]],
  [{ "x-key": "Basic" }, ["Basic"]],
  [{ "x-key": "Basics" }, ["Basics", "Basics"]],
  [{ "x-key": "abasic" }, ["abasic", "abasic"]],
  [{ authorization: "Bearer one" }, ["Bearer one", "one"]],
  [{ authorization: "Token one" }, ["Token one", "one"]],
  [{ authorization: "Digest one" }, ["Digest one", "one"]],
  [{ authorization: "ApiKey one" }, ["ApiKey one", "one"]],
  [{ cookie: "a=one; b-c=two,  d==three" }, ["a=one; b-c=two,  d==three", "one", "two", "d==three"]],
  [{ "x-key": "one=" }, ["one=", "one="]],
  [{ "x-key": "é-a=one" }, ["é-a=one", "é-a=one"]],
  [
    { authorization: `Basic ${base64("user:pass:word")}` },
    [`Basic ${base64("user:pass:word")}`, base64("user:pass:word"), "pass:word"],
  ],
  [{ "x-key": `My-Basic ${base64("u:p")}` }, [`My-Basic ${base64("u:p")}`, "My-Basic", base64("u:p")]],
  [{ authorization: "Basic é" }, ["Basic é", "é"]],
  [{ authorization: signature }, [signature, "0a1b2c"]],
  [{ authorization: "AWS4-x" }, ["AWS4-x"]],
  [{ "x-key": "an AWS4-x" }, ["an AWS4-x", "an", "AWS4-x"]],
])("of the headers %j, secret are %j", (headers, secrets) => {
  expect(ofHeaders(headers)).toEqual(secrets);
});

test.each<[unknown, string[]]>([
  ["text", ["text"]],
  [null, []],
  [true, []],
  [{ a: "one", b: { c: ["two"] } }, ["one", "two"]],
  [{ projectId: "a", projectIds: ["b"], roleSlug: "c", fullName: "d", secretPath: "e", tagSlugs: ["f"] }, []],
  [
    { signatureAlgorithm: "a", maxTTL: "b", environment: "c", name: "d", path: "e", type: "f", mode: "g" },
    [],
  ],
  [{ slug: "a", secretKey: "b", keyUsage: "c", ttl: "d", emails: ["e"], usernames: ["f"] }, []],
  [{ template: "a", color: "b" }, []],
  [{ Environment: "a", xenvironment: "b", environments: "c", projectIdx: "d" }, ["a", "b", "c", "d"]],
  [
    { metadata: { name: "a" }, inputs: { type: "b" }, data: { slug: "c" }, config: { x: { ttl: "d" } } },
    ["a", "b", "c", "d"],
  ],
  [{ secretMetadata: [{ key: "a", value: "b" }], other: [{ key: "c" }] }, ["b", "c"].reverse()],
  [{ secretMetadatas: { name: "a" }, inputsOf: { name: "b" }, key: "c" }, ["c"]],
  [{ a: 99_999, b: 100_000, c: -100_000, d: -99_999, leaseId: 100_000 }, ["100000", "-100000"]],
  [{ a: base64('{"x-key":"one","n":7}') }, [base64('{"x-key":"one","n":7}'), "one", "one"]],
  [{ a: "eyJx" }, ["eyJx"]],
  [{ a: base64(' {"x-key":"one"}') }, [base64(' {"x-key":"one"}')]],
])("of the body %j, secret are %j", (body, secrets) => {
  expect([...bodySecrets(body)].sort()).toEqual([...secrets].sort());
});

test("base64 of signed headers is read in its form for URLs as well", () => {
  const text = base64('{"x-key":"??>>~~"}').replaceAll("+", "-").replaceAll("/", "_");
  expect([...bodySecrets({ text })]).toContain("??>>~~");
});

test("a client holds what is in use until it is released, and the secrets of its last 16 login texts", () => {
  const held = new HeldSecrets();
  const release = held.hold({ password: "in-use" });
  held.holdLogin({ clientSecret: "first" });
  for (let index = 0; index < 15; index += 1) held.holdLogin({ clientSecret: `login-${index}` });
  expect([...held]).toEqual([
    "first",
    ...Array.from({ length: 15 }, (_, index) => `login-${index}`),
    "in-use",
  ]);
  held.holdLogin({ clientSecret: "first" });
  held.holdLogin({ clientSecret: "last" });
  expect([...held]).not.toContain("login-0");
  expect([...held].slice(-3)).toEqual(["first", "last", "in-use"]);
  release();
  expect([...held]).not.toContain("in-use");
});

test("a secret is looked for as it is, by line, in capitals, and in base64 at every offset", () => {
  const spellings = spellingsOf("Secret 1\r\nab\nline two");
  expect(spellings).toContain("secret 1 ab line two");
  expect(spellings).toContain("secret 1");
  expect(spellings).toContain("line two");
  expect(spellings).not.toContain("ab");
  for (const before of ["", "x", "xy"]) {
    const inner = base64(`${before}line two`).slice(before === "" ? 0 : before.length + 1, -4);
    expect(spellings.some((spelling) => spelling.includes(inner.toLowerCase()))).toBe(true);
  }
  expect(spellingsOf("abc")).toEqual([]);
  expect(spellingsOf("abcd")).toContain("abcd");
});

const plain = (text: string) => text;

test("a text is printed as one line of at most 2000 characters, with single spaces", () => {
  expect(printable("a\n\n b   c", plain)).toBe("a b c");
  expect(printable("x".repeat(2000), plain)).toBe("x".repeat(2000));
  expect(printable("x".repeat(2001), plain)).toBe(`${"x".repeat(2000)}…`);
});

test("of a text that is cut off, nothing shows that may be a secret cut in two", () => {
  expect(printable("x".repeat(1500), plain, 1200)).toBe(`${"x".repeat(200)}…`);
  expect(printable("x".repeat(1200), plain, 1200)).toBe("x".repeat(1200));
});

test("of details, the known fields are shown, as deep and as many as make sense", () => {
  const nested = (depth: number): unknown => (depth === 0 ? "end" : { conditions: nested(depth - 1) });
  const details = { path: ["a", 1], code: "c", unknown: "u", conditions: { $eq: true, other: 1 }, id: null };
  expect(shownDetails(details, plain)).toEqual({
    path: ["a", 1],
    code: "c",
    conditions: { $eq: true },
    id: null,
  });
  expect(JSON.stringify(shownDetails(nested(9), plain))).toContain("end");
  expect(JSON.stringify(shownDetails(nested(10), plain))).not.toContain("end");
  expect(shownDetails(Array(2000).fill(7), plain)).toHaveLength(999);
  expect(shownDetails("x".repeat(3001), plain)).toBe(`${"x".repeat(2000)}…`);
  const texts = shownDetails(Array(30).fill("x".repeat(2000)), plain) as string[];
  expect(texts[24]).toHaveLength(2000);
  expect(texts[25]).toBe("…");
});

test("lists count towards the depth of details as objects do", () => {
  const nested = (depth: number): unknown => (depth === 0 ? ["end"] : [nested(depth - 1)]);
  expect(JSON.stringify(shownDetails(nested(8), plain))).toContain("end");
  expect(JSON.stringify(shownDetails(nested(9), plain))).not.toContain("end");
});

test("of details, 1000 values are shown, however they are spread over lists", () => {
  const numbers = (count: number) => Array(count).fill(7);
  const issue = { code: "c" };
  expect(shownDetails([numbers(997), issue], plain)).toEqual([numbers(997), issue]);
  expect(shownDetails([numbers(998), issue], plain)).toEqual([numbers(998), undefined]);
  expect(shownDetails([numbers(2000), numbers(2000)], plain)).toEqual([numbers(998), undefined]);
});

test("what is secret in details is redacted, numbers too", () => {
  const redact = new Redaction().of(() => ["secret-word", "987654321"]);
  expect(shownDetails({ message: "a secret-word", minimum: 987654321, maximum: 5 }, redact)).toEqual({
    message: "a [redacted]",
    minimum: "[redacted]",
    maximum: 5,
  });
});

test.each([
  "path code message expected validation minimum maximum type",
  "action subject conditions inverted reason fields",
  "environment secretPath secretName secretTags rule $eq $ne $in $glob $all $regex",
  "id slug status hasMerged policyId committerUserId createdAt updatedAt",
])("details show the fields %s", (names) => {
  const details = Object.fromEntries(names.split(" ").map((name) => [name, true]));
  expect(shownDetails(details, plain)).toEqual(details);
});

test("with more than 200,000 characters of secrets, a text is not shown at all", () => {
  const secret = Array.from({ length: 100_000 }, (_, index) => "abcdefgh"[index % 8]).join("");
  expect(new Redaction().of(() => [secret, `${secret.slice(0, -1)}x`])("a text")).toBe("a text");
  expect(new Redaction().of(() => [secret, `${secret}x`])("a text")).toBe("[redacted]");
});

test("the secrets of a redaction are read once, when a text first needs them", () => {
  let reads = 0;
  const redact = new Redaction().of(() => {
    reads += 1;
    return ["secret-word"];
  });
  expect(reads).toBe(0);
  expect(redact("a secret-word b")).toBe("a [redacted] b");
  expect(redact(" secret-word ")).toBe(" [redacted] ");
  expect(reads).toBe(1);
});

test.each<[unknown]>([["p@ssword"], [{ password: "p@ssword" }], [[{ name: ["p@ssword"] }]]])(
  "a text of a third party is shown without what is secret in %j",
  (secrets) => {
    expect(withoutSecrets("refused: p%40ssword, told p@ssword", secrets)).toBe(
      "refused: [redacted], told [redacted]",
    );
    expect(withoutSecrets("refused: other", secrets)).toBe("refused: other");
  },
);

test("secrets in a row are redacted as one, white space stays, and so does a text without secrets", () => {
  const redact = new Redaction().of(() => ["secret-word", "other-secret", "hello my world of secrets"]);
  expect(redact("\n secret-wordother-secret\tend")).toBe("\n [redacted]\tend");
  expect(redact("all  my world of secrets\nend")).toBe("all  [redacted]\nend");
  expect(redact("hello my world of\n all")).toBe("[redacted]\n all");
  expect(redact("secret-word")).toBe("[redacted]");
  expect(redact(" no  such\nword ")).toBe(" no  such\nword ");
  expect(redact("")).toBe("");
});

/** A redaction, and a function that says whether it has to find the spellings of secrets in order to use them. */
function observedRedaction() {
  const encode = vi.spyOn(globalThis, "encodeURIComponent");
  onTestFinished(() => encode.mockRestore());
  const redaction = new Redaction();
  const isNew = (...secrets: string[]): boolean => {
    encode.mockClear();
    const text = redaction.of(() => secrets)(`before ${secrets.join(" after ")} after`);
    for (const secret of secrets) expect(text).not.toContain(secret);
    return encode.mock.calls.length > 0;
  };
  return isNew;
}

const numbered = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `secret-number-${first + index}-of-many`);

test("the spellings of the 24 secrets that were used last are kept, and of no more", () => {
  const isNew = observedRedaction();
  for (const secret of numbered(24)) expect(isNew(secret)).toBe(true);
  for (const secret of numbered(24)) expect(isNew(secret)).toBe(false);
  // Used once more, so that it is not the next to give way.
  isNew(...numbered(1));
  expect(isNew(...numbered(1, 24))).toBe(true);
  expect(isNew(...numbered(1))).toBe(false);
  expect(isNew(...numbered(1, 1))).toBe(true);
});

test("the spellings of a secret of more than 1000 characters are not kept", () => {
  const isNew = observedRedaction();
  for (const length of [1000, 1001]) {
    const secret = "abcdefgh".repeat(200).slice(0, length);
    expect(isNew(secret)).toBe(true);
    expect(isNew(secret)).toBe(length > 1000);
  }
});

test("more than 20 new secrets at once are redacted and not kept, and those that are kept with them", () => {
  const isNew = observedRedaction();
  expect(isNew(...numbered(20))).toBe(true);
  expect(isNew(...numbered(20))).toBe(false);
  expect(isNew(...numbered(20), ...numbered(21, 100))).toBe(true);
  expect(isNew(...numbered(20))).toBe(false);
  for (const secret of numbered(21, 100)) expect(isNew(secret)).toBe(true);
});
