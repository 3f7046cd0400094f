import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { failureOf, printed, startAnswering } from "#test-kit";
import { base64, spellings } from "../../../tests/leak-hunt/spellings.ts";
import { Redaction } from "../src/http/redact.ts";
import { createClient, definePlugin, type LoginResponse, tokenAuth } from "../src/index.ts";

const secrets = [
  "hunter2secret",
  " hunter2 secret\n",
  "p\"a\\s/s&<w>'ord+%41=é€",
  "first line 1\r\nsecond line 2\r\n",
  "ключ-от-квартиры",
  "a".repeat(3000),
];

test.each(Object.keys(spellings))("a secret that is repeated %s is redacted", (name) => {
  const spell = spellings[name] as (text: string) => string;
  for (const secret of secrets) {
    const told = new Redaction().of(() => [secret])(`before ${spell(secret)} after`);
    expect(told).toContain("[redacted]");
    expect(told).toMatch(/^before /);
    for (const word of ["hunter2", "line 1", "line 2", "квартиры", "aaaaaa"]) {
      expect(told.toLowerCase()).not.toContain(word);
    }
    expect(told.length).toBeLessThan(80);
  }
});

test("no spelling of any secret shows, whatever the secret consists of", () => {
  const anySecret = fc
    .string({ unit: "grapheme", minLength: 8, maxLength: 80 })
    // What is left of it must be more than escapes and white space.
    .filter((text) => text.replaceAll(/[^\p{L}\p{N}]/gu, "").length >= 8);
  fc.assert(
    fc.property(anySecret, fc.constantFrom(...Object.keys(spellings)), (secret, name) => {
      const spelled = (spellings[name] as (text: string) => string)(secret);
      const told = new Redaction().of(() => [secret])(`<${spelled}>`);
      return !told.includes(spelled.trim()) && told.includes("[redacted]");
    }),
    { seed: 20261126, numRuns: 3000 },
  );
});

test.each([[["hunter2", "hunter2-of-the-house"]], [["hunter2-of-the-house", "hunter2"]]])(
  "of two secrets, one of which begins like the other, the longer is redacted whole: %j",
  (both) => {
    const redact = new Redaction().of(() => both);
    expect(redact("before hunter2-of-the-house after")).toBe("before [redacted] after");
    expect(redact("before hunter2 after")).toBe("before [redacted] after");
  },
);

const hexadecimal = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0";
const wrapped = base64(hexadecimal.repeat(4)).replaceAll(/.{76}/g, "$&\n");

test.each([
  ["all but its last character", hexadecimal.slice(0, -1)],
  ["its first 12 characters and an ellipsis", `${hexadecimal.slice(0, 12)}…`],
  ["its first 20 characters and stars", `${hexadecimal.slice(0, 20)}****`],
  ["its middle", hexadecimal.slice(20, 40)],
  ["its second half in base64", base64(hexadecimal.slice(33))],
])("a part of a secret is redacted: %s", (_, part) => {
  const told = new Redaction().of(() => [hexadecimal])(`before ${part} after`);
  expect(told).toMatch(/^before \[redacted\].{0,4} after$/);
});

test.each([
  ["base64 in lines of 76 characters", wrapped],
  ["base64 of its JSON", base64(JSON.stringify({ value: 'p"a\\ss\nword-of-the-house' }))],
  ["base64 of its URL", base64(`?p=${encodeURIComponent('p"a\\ss\nword-of-the-house')}`)],
  ["quotation marks doubled, as in SQL", "it''s ''the'' password"],
  ["zero-width characters in it", "it's\u200b 'th\u00ade'\u200b pass\ufe0fwo\u034frd"],
  ["HTML names of signs", "user&colon;pass&sol;word&equals;&plus;1&commat;host"],
])("a secret that is repeated as %s is redacted", (_, spelled) => {
  const values = [
    hexadecimal.repeat(4),
    'p"a\\ss\nword-of-the-house',
    "it's 'the' password",
    "user:pass/word=+1@host",
  ];
  const told = new Redaction().of(() => values)(`before ${spelled} after`);
  expect(told).toMatch(/^before [\s\S]*\[redacted\][\s\S]* after$/);
  expect(told.replaceAll(/\[redacted\]|\s/g, "").length).toBeLessThan("beforeafter".length + 24);
});

test("of a secret that is all escapes and white space, no occurrence is left", () => {
  for (const secret of ["++++++", "\\\\\\\\\\", "%%%%%"]) {
    expect(new Redaction().of(() => [secret])(`before ${secret} after`), secret).not.toContain(secret);
  }
});

test("every twelve characters in a row of a secret are redacted, however long it is", () => {
  const long = Array.from({ length: 2000 }, (_, index) => (index * 7919).toString(36))
    .join("")
    .slice(0, 8000);
  const redact = new Redaction().of(() => [long]);
  for (let at = 0; at + 12 <= long.length; at += 97) {
    expect(redact(`before ${long.slice(at, at + 12)} after`)).toBe("before [redacted] after");
  }
});

test("what a request is about stays readable: slugs, users, times, colours and names of metadata", async () => {
  const body = {
    roleSlugs: ["no-such-role"],
    usernames: ["ada.lovelace"],
    maxTTL: "87600h0m0s",
    color: "chartreuse-green",
    secretMetadata: [{ key: "reserved-name", value: "hidden-value" }],
  };
  const message = "no-such-role ada.lovelace 87600h0m0s chartreuse-green reserved-name hidden-value";
  const { siteUrl } = await startAnswering(() => ({
    status: 400,
    body: { statusCode: 400, message, error: "BadRequest" },
  }));
  const client = createClient({ siteUrl, auth: tokenAuth({ token: "some-token" }) });
  const error = await failureOf(client.request({ method: "POST", path: "/api/x", body }));
  expect(error.message).toMatch(
    /no-such-role ada\.lovelace 87600h0m0s chartreuse-green reserved-name \[redacted\]$/,
  );
});

test("numbers are redacted as texts are, but for small ones", async () => {
  const { siteUrl } = await startAnswering(() => ({
    status: 400,
    body: {
      statusCode: 400,
      message: "bad 987654321 at 5432",
      error: "BadRequest",
      details: [{ minimum: 987654321 }],
    },
  }));
  const client = createClient({ siteUrl, auth: tokenAuth({ token: "some-token" }) });
  const body = { inputs: { password: 987654321, port: 5432 } };
  const error = await failureOf(client.request({ method: "POST", path: "/api/x", body }));
  expect(error.message).toMatch(/bad \[redacted\] at 5432$/);
  expect(printed(error)).not.toContain("987654321");
});

test("thousands of secrets that begin alike, and a long text that does too, take no time to speak of", () => {
  const values = Array.from({ length: 2000 }, (_, index) => `https://example.com/the/same/path?key=${index}`);
  const redact = new Redaction().of(() => values);
  const text = "https://example.com/the/same/path?key=".repeat(500);
  let searched = 0;
  const slice = String.prototype.slice;
  String.prototype.slice = function (...args: [number, number]) {
    searched += 1;
    return slice.apply(this, args);
  };
  try {
    redact(text);
  } finally {
    String.prototype.slice = slice;
  }
  expect(searched).toBeLessThan(1_000_000);
});

test("a line of a secret is redacted by itself, and other text is left alone", () => {
  const secret = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----";
  const redact = new Redaction().of(() => [secret]);
  expect(redact("found kqhkiG9w0BAQEF in /app of project 1")).toBe("found [redacted] in /app of project 1");
  expect(redact("Secret with name 'A%20B' not found &amp; gone\\n")).toBe(
    "Secret with name 'A%20B' not found &amp; gone\\n",
  );
});

test("texts of fewer than four characters are not looked for", () => {
  expect(new Redaction().of(() => ["on", "abc", ""])("on and on, abc")).toBe("on and on, abc");
});

const refused = (message: unknown, details?: unknown) => ({
  status: 400,
  body: { statusCode: 400, error: "BadRequest", message, details },
});

test("what the headers and the body of a request carry is redacted, credentials within them too", async () => {
  let told = "";
  const { siteUrl } = await startAnswering(() => refused(told));
  const headers = {
    "x-basic": `Basic ${base64("user:basic-password")}`,
    cookie: "theme=dark; session=cookie-value-1",
    "x-token": "Token private-token-1",
  };
  const client = createClient({ siteUrl, headers });
  client.auth().accessToken("the-access-token");
  const signed = {
    Host: "sts.eu-west-1.amazonaws.com",
    "X-Amz-Security-Token": "aws-session-token",
    Authorization:
      "AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host;x-amz-date, Signature=0a1b2c3d4e5f",
  };
  const body = {
    secretName: "NAME",
    metadata: { sessionId: "free-session-id", dbName: "free-db-name", type: "free-type" },
    iamRequestHeaders: base64(JSON.stringify(signed)),
  };
  const words = [
    "basic-password",
    "cookie-value-1",
    "private-token-1",
    "the-access-token",
    "aws-session-token",
    "0a1b2c3d4e5f",
  ];
  const fromBody = ["free-session-id", "free-db-name", "free-type"];
  for (const word of [...words, ...fromBody, base64("user:basic-password"), "bearer the-access-token"]) {
    told = `told ${word}, sts.eu-west-1.amazonaws.com, NAME`;
    const { message } = await failureOf(client.request({ method: "POST", path: "/api/x", body }));
    expect(message).not.toContain(word);
    expect(message).toMatch(/told .*\[redacted\], sts\.eu-west-1\.amazonaws\.com, NAME$/);
  }
});

test("what the client holds is redacted in errors of other requests", async () => {
  let told = "";
  const { siteUrl } = await startAnswering(({ path }) =>
    path.endsWith("/login") ? { body: { accessToken: "the-access-token" } } : refused(told),
  );
  let release = (): void => undefined;
  const holding = definePlugin("holding", (context) => {
    release = context.holdSecrets({ password: "leased-password", nested: [{ a: "leased-nested" }] });
    return {};
  });
  const auth = {
    name: "x",
    login: ({ http }: { http: { request<T>(request: object): Promise<T> } }) =>
      http.request<LoginResponse>({
        method: "POST",
        path: "/api/login",
        body: { clientSecret: "client-secret-1" },
      }),
  };
  const client = createClient({ siteUrl, auth, plugins: [holding] });
  const read = () => failureOf(client.request({ method: "GET", path: "/api/x" }));
  for (told of ["client-secret-1", "leased-password", "leased-nested", "the-access-token"]) {
    expect(printed(await read())).not.toContain(told);
  }
  release();
  told = "leased-password";
  expect((await read()).message).toContain("leased-password");
});

test("a server's text is one line without control characters, of at most 2,000 characters", async () => {
  const texts = [
    "first\nsecond\r\n[ERROR] forged\ttab",
    "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u0000 \u009b5m",
    "right\u202eleft \u2028 \u2066x",
    "x".repeat(20_000_000),
  ];
  for (const text of texts) {
    const { siteUrl } = await startAnswering(() => refused(text));
    const client = createClient({ siteUrl, retry: false });
    client.auth().accessToken("some-token");
    const { message } = await failureOf(client.request({ method: "GET", path: "/api/x" }));
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(message.length).toBeLessThan(2100);
  }
});

test("of a message that is cut, no part of a secret is left at the end", async () => {
  const secretValue = "s3cr3t-".repeat(3000);
  for (const before of [1, 1000, 19_000, 19_990]) {
    const { siteUrl } = await startAnswering(() => refused("x".repeat(before) + secretValue));
    const client = createClient({ siteUrl, retry: false });
    client.auth().accessToken("some-token");
    const error = await failureOf(client.request({ method: "POST", path: "/api/x", body: { secretValue } }));
    expect(error.message).not.toContain("s3cr3t");
  }
});

test.each([1000, 3000, 100_000])(
  "details that are nested %i deep are a refusal like any other",
  async (depth) => {
    const { siteUrl, requests } = await startAnswering(() => ({
      status: 403,
      headers: { "content-type": "application/json" },
      body: `{"statusCode":403,"error":"PermissionDenied","message":"no","details":${'{"conditions":['.repeat(depth)}${"]}".repeat(depth)}}`,
    }));
    const client = createClient({ siteUrl });
    client.auth().accessToken("some-token");
    expect(await failureOf(client.request({ method: "GET", path: "/api/x" }))).toMatchObject({
      code: "FORBIDDEN",
    });
    expect(requests).toHaveLength(1);
  },
);

test("details show issues, rules and approvals, and nothing that is not known", async () => {
  const details = [
    {
      action: "read",
      subject: "secrets",
      conditions: { environment: { $eq: "dev" } },
      extra: "x",
      secretValue: "y",
    },
    { path: ["a", 0], code: "too_small", message: "short", received: "the value" },
  ];
  const { siteUrl } = await startAnswering(() => refused("no", details));
  const client = createClient({ siteUrl, retry: false });
  client.auth().accessToken("some-token");
  expect((await failureOf(client.request({ method: "GET", path: "/api/x" }))).details).toEqual([
    { action: "read", subject: "secrets", conditions: { environment: { $eq: "dev" } } },
    { path: ["a", 0], code: "too_small", message: "short" },
  ]);
});

test("many issues are cut, not shown by the megabyte", async () => {
  const issues = Array.from({ length: 50_000 }, (_, index) => ({
    path: ["secrets", index],
    message: "is wrong",
  }));
  const { siteUrl } = await startAnswering(() => refused(issues));
  const client = createClient({ siteUrl, retry: false });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request({ method: "GET", path: "/api/x" }));
  expect(inspect(error, { depth: null, maxArrayLength: null }).length).toBeLessThan(100_000);
});

test("a violated rule has its own code, and an entry for each failure", async () => {
  const message =
    'Secret validation failed:\n\nAPI_KEY: value is too short (rule "strong values", Minimum length)\n\nDB_URL: value must match the pattern (rule "urls only", Pattern)';
  const { siteUrl } = await startAnswering(() => refused(message));
  const client = createClient({ siteUrl, retry: false });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request({ method: "POST", path: "/api/x", body: {} }));
  expect(error).toMatchObject({
    code: "SECRET_RULE_VIOLATED",
    details: [
      { secretName: "API_KEY", rule: "strong values", message: expect.stringContaining("too short") },
      { secretName: "DB_URL", rule: "urls only", message: expect.stringContaining("pattern") },
    ],
  });
  expect(error.message).not.toContain("\n");
});

test.each([
  ["an issue that is not a text", '[{"toString":1,"valueOf":1,"path":[{"toString":1}]}]'],
  ["issues nested 100,000 deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ["an object", '{"toString":1}'],
])("a refusal whose message is %s stays a refusal", async (_, message) => {
  const { siteUrl } = await startAnswering(() => ({
    status: 403,
    headers: { "content-type": "application/json" },
    body: `{"statusCode":403,"error":"PermissionDenied","message":${message}}`,
  }));
  const client = createClient({ siteUrl, retry: false });
  client.auth().accessToken("some-token");
  expect(await failureOf(client.request({ method: "GET", path: "/api/x" }))).toMatchObject({
    code: "FORBIDDEN",
  });
});

test("of violated rules, as much is read as anybody reads", async () => {
  const message = `Secret validation failed:\n\n${"A: rule ".repeat(100_000)}`;
  const { siteUrl } = await startAnswering(() => refused(message));
  const client = createClient({ siteUrl, retry: false });
  client.auth().accessToken("some-token");
  const error = await failureOf(client.request({ method: "POST", path: "/api/x", body: {} }));
  expect(error.code).toBe("SECRET_RULE_VIOLATED");
  expect(inspect(error, { depth: null }).length).toBeLessThan(10_000);
});
