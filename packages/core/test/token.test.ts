import { expect, test, vi } from "vitest";
import { createClient, tokenAuth } from "../src/index.ts";
import { isToken, tokenFromCaller, tokenFromResponse } from "../src/session/token.ts";

const now = 1_800_000_000_000;

function jwt(claims: unknown): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return ["e30", payload, "signature"].join(".");
}

/** The lifetime that a response states, in seconds. */
function lifetime(reply: { accessToken?: string; expiresIn?: number }): number | undefined {
  const { expiresAt } = tokenFromResponse({ accessToken: "opaque", ...reply }, now);
  return expiresAt === undefined ? undefined : (expiresAt - now) / 1000;
}

test.each([
  ["the JWT's exp", { accessToken: jwt({ exp: now / 1000 + 60 }) }, 60],
  [
    "the JWT's exp, where a ceiling cut it below expiresIn",
    { accessToken: jwt({ exp: now / 1000 + 60 }), expiresIn: 900 },
    60,
  ],
  [
    "expiresIn, where the JWT lasts for the whole budget",
    { accessToken: jwt({ exp: now / 1000 + 900 }), expiresIn: 60 },
    60,
  ],
  ["expiresIn of a token that is not a JWT", { expiresIn: 60 }, 60],
  [
    "the exp of a JWT whose claims need every letter of base64url",
    { accessToken: jwt({ exp: now / 1000 + 60, name: "ÿ???>>>" }) },
    60,
  ],
  ["unknown, with an expiresIn of 0", { expiresIn: 0 }, undefined],
  ["unknown, with nothing said", {}, undefined],
  [
    "the JWT's own span, where this machine's clock is ahead",
    { accessToken: jwt({ iat: now / 1000 - 7200, exp: now / 1000 - 3600 }) },
    3600,
  ],
])("the lifetime is %s", (_, reply, seconds) => {
  expect(lifetime(reply)).toBe(seconds);
});

test.each([
  [100, 10],
  [86_400, 30],
])("a token of %i s is refreshed within its last %i s, not all at the same moment", (expiresIn, window) => {
  const moments = [0, 0.5, 0.999].map((random) => {
    vi.spyOn(Math, "random").mockReturnValueOnce(random);
    const { refreshAt = 0, expiresAt = 0 } = tokenFromResponse({ accessToken: "x", expiresIn }, now);
    return (expiresAt - refreshAt) / 1000;
  });
  expect(moments[0]).toBe(window);
  expect(moments[1]).toBe(window * 0.75);
  expect(moments[2]).toBeGreaterThanOrEqual(window * 0.5);
});

test.each([
  ["the budget is one lifetime, as with default settings", 100, 100, 50, false],
  ["the budget leaves a full lifetime", 100, 200, 50, true],
  ["the budget is nearly used up", 100, 200, 101, false],
  ["there is no maximum", 100, 0, 10_000, true],
  ["the maximum is unknown", 100, undefined, 0, false],
])("renewal where %s", (_, expiresIn, accessTokenMaxTTL, after, can) => {
  const reply = {
    accessToken: "x",
    expiresIn,
    ...(accessTokenMaxTTL === undefined ? {} : { accessTokenMaxTTL }),
  };
  expect(tokenFromResponse(reply, now).canRenew(now + after * 1000)).toBe(can);
});

const seconds = now / 1000;
const tenYears = 10 * 366 * 24 * 60 * 60;

test.each([
  ["less than a second", { expiresIn: 0.999 }, undefined],
  ["a second", { expiresIn: 1 }, 1],
  ["ten years", { expiresIn: tenYears }, tenYears],
  ["more than ten years", { expiresIn: tenYears + 1 }, undefined],
  ["a text", { expiresIn: "60" as never }, undefined],
  ["an exp that is a text", { accessToken: jwt({ exp: String(seconds + 60) }) }, undefined],
  ["an exp that is infinite", { accessToken: `e30.${btoa('{"exp":1e999}')}.s` }, undefined],
  ["an iat that is infinite", { accessToken: `e30.${btoa(`{"iat":-1e999,"exp":${seconds + 60}}`)}.s` }, 60],
  ["claims that are null", { accessToken: jwt(null), expiresIn: 60 }, 60],
  ["claims that are a number", { accessToken: jwt(7), expiresIn: 60 }, 60],
  ["claims that cannot be read", { accessToken: "e30.{}.s", expiresIn: 60 }, 60],
])("a response with %s states a lifetime that makes sense, or none", (_, reply, lasts) => {
  expect(lifetime(reply)).toBe(lasts);
});

test("claims are read in base64 for URLs", () => {
  const claims = btoa(JSON.stringify({ exp: seconds + 60, name: "??>>~~" }));
  expect(claims).toMatch(/[+/]/);
  const accessToken = `e30.${claims.replaceAll("+", "-").replaceAll("/", "_")}.s`;
  expect(lifetime({ accessToken })).toBe(60);
});

test("of a token that is older than its login, what is left by the server's clock counts", () => {
  const serverNow = now + 3_600_000;
  const accessToken = jwt({ iat: serverNow / 1000 - 100, exp: serverNow / 1000 + 50 });
  expect(tokenFromResponse({ accessToken }, now, now, serverNow).expiresAt).toBe(now + 50_000);
  const timeless = jwt({ exp: serverNow / 1000 + 50 });
  expect(tokenFromResponse({ accessToken: timeless }, now, now, serverNow).expiresAt).toBe(now + 50_000);
});

test("a token without a known lifetime is neither refreshed nor renewed", () => {
  const token = tokenFromResponse({ accessToken: "x", accessTokenMaxTTL: 0 }, now);
  expect(token).toMatchObject({ expiresAt: undefined, refreshAt: undefined, loggedInAt: now });
  expect(token.canRenew(now)).toBe(false);
});

test.each([
  [200, 0, 100_000, true],
  [200, 0, 100_001, false],
  [200, -50_000, 50_000, true],
  [200, -50_000, 50_001, false],
  [-1, 0, 0, false],
  [Number.NaN, 0, 0, false],
  ["0", 0, 0, false],
  ["1000", 0, 0, false],
])(
  "with a maximum of %s s since %i ms, a token of 100 s can be renewed %i ms later: %s",
  (max, since, at, can) => {
    const response = { accessToken: "x", expiresIn: 100, accessTokenMaxTTL: max as number };
    const token = tokenFromResponse(response, now, now + since);
    expect(token.loggedInAt).toBe(now + since);
    expect(token.canRenew(now + at)).toBe(can);
  },
);

test.each([
  [1, 1],
  [2.9, 2],
  [0, Number.POSITIVE_INFINITY],
  [0.9, Number.POSITIVE_INFINITY],
  ["3", Number.POSITIVE_INFINITY],
  [undefined, Number.POSITIVE_INFINITY],
])("a token whose claim says %s uses can be used %s times", (numUsesLimit, uses) => {
  expect(tokenFromResponse({ accessToken: jwt({ numUsesLimit }) }, now).usesLeft).toBe(uses);
});

test("a token from elsewhere lasts as long as it says itself, and a renewal may always be tried", () => {
  const value = jwt({ exp: seconds + 60, numUsesLimit: 1 });
  const token = tokenFromCaller(value, now);
  expect(token).toMatchObject({
    value,
    expiresAt: now + 60_000,
    refreshAt: undefined,
    loggedInAt: now,
    usesLeft: Number.POSITIVE_INFINITY,
  });
  expect(token.canRenew(now + 1e9)).toBe(true);
});

test.each([
  ["!~", true],
  ["", false],
  ["a b", false],
  [" a", false],
  ["a\n", false],
  ["a\u007f", false],
  ["é", false],
  [7, false],
])("%j can be sent as a token: %s", (value, can) => {
  expect(isToken(value)).toBe(can);
});

test("what is not a token is refused by the name of its option", () => {
  const rule = 'must be a token as the server issued it, without "Bearer ".';
  expect(() => createClient().auth().accessToken("a b")).toThrow(`accessToken ${rule}`);
  expect(() => tokenAuth({ token: "a b" })).toThrow(`token ${rule}`);
});

test("tokenAuth logs in without a request, under the name token", async () => {
  const strategy = tokenAuth({ token: "some-token" });
  expect(strategy.name).toBe("token");
  expect(await strategy.login({} as never)).toEqual({ accessToken: "some-token" });
});

test.each([
  ["a-token", "strategy must be an auth strategy, for example universalAuth({ ... })."],
  [{ name: "own" }, /^strategy must be/],
])("a login with %o is refused by name, and nothing is sent", async (strategy, message) => {
  let sent = 0;
  const transport = async () => {
    sent += 1;
    return { status: 200, headers: {}, body: "{}" };
  };
  await expect(
    createClient({ transport })
      .auth()
      .login(strategy as never),
  ).rejects.toThrow(message);
  expect(sent).toBe(0);
});

test("a login with a strategy that cannot be read says so", async () => {
  const strategy = {
    get name(): string {
      throw new Error("no name");
    },
    login: async () => ({ accessToken: "some-token" }),
  };
  await expect(createClient().auth().login(strategy)).rejects.toThrow(
    "strategy must be readable: a getter or a proxy throws.",
  );
});

test("revoke() has the server revoke the token, and forgets it", async () => {
  const sent: unknown[] = [];
  const client = createClient({
    siteUrl: "https://a.test",
    transport: async ({ method, url, body }) => {
      sent.push([method, url, body]);
      return { status: 200, headers: {}, body: '{"message":"revoked"}' };
    },
  });
  client.auth().accessToken("some-token");
  await client.auth().revoke();
  expect(sent).toEqual([["POST", "https://a.test/api/v1/auth/token/revoke", '{"accessToken":"some-token"}']]);
  expect(client.auth().getAccessToken()).toBeNull();
});

const uuid = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";

test.each([
  [uuid, uuid],
  [uuid.toUpperCase(), uuid.toUpperCase()],
  [`${uuid} `, undefined],
  [`${uuid}0`, undefined],
  [`0${uuid}`, undefined],
  [uuid.replaceAll("-", ""), undefined],
  [uuid.slice(1), undefined],
  [uuid.slice(0, -1), undefined],
  [uuid.replace("4f50", "4f5"), undefined],
  [uuid.replace("-8394", ""), undefined],
  [uuid.replace("0b1c", "zzzz"), undefined],
  [uuid.replace("4f50", "zzzz"), undefined],
  [uuid.replace("a5b6", "zzzz"), undefined],
  ["a text of the server", undefined],
  [[uuid], undefined],
  [7, undefined],
  [undefined, undefined],
])(
  "a token that says %j of its owner belongs to %j: events show no other text of a server",
  (claim, owner) => {
    const none = { identityId: undefined, organizationId: undefined };
    const identity = tokenFromResponse({ accessToken: jwt({ identityId: claim }) }, now);
    expect(identity).toMatchObject({ ...none, identityId: owner });
    const organization = tokenFromResponse({ accessToken: jwt({ orgId: claim }) }, now);
    expect(organization).toMatchObject({ ...none, organizationId: owner });
  },
);
