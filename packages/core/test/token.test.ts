import { expect, test, vi } from "vitest";
import { tokenFromResponse } from "../src/session/token.ts";

const now = 1_800_000_000_000;

function jwt(claims: Record<string, number>): string {
  return ["e30", btoa(JSON.stringify(claims)).replaceAll("=", ""), "signature"].join(".");
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
