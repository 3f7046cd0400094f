import { describe, expect, test } from "vitest";
import { failureOf, printed } from "#test-kit";
import { createClient, isUnavailable, type TokenSource, type TokenSourceContext } from "../src/index.ts";
import { type JwtStrategyOptions, jwtStrategy, tokenUnavailable } from "../src/logins.ts";

const identityId = "an-identity";
const minute = 60_000;
/** A moment in whole seconds, in milliseconds since 1970. */
const noon = Date.UTC(2030, 0, 1, 12);

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/** A JWT with times in milliseconds since 1970. */
function jwt(
  times: { readonly iat?: number; readonly nbf?: number; readonly exp?: number },
  claims = {},
): string {
  const inSeconds = Object.entries(times).map(([name, time]) => [name, time / 1000]);
  const payload = { iss: "https://issuer.test", sub: "app", ...Object.fromEntries(inSeconds), ...claims };
  return `${encode({ alg: "RS256", kid: "key-1" })}.${encode(payload)}.c2lnbmF0dXJl`;
}

const fresh = (now: number): string => jwt({ iat: now, nbf: now, exp: now + 5 * minute });

interface Setup {
  /** The client's clock. */
  readonly now?: number;
  /** The headers of the platform's response. */
  readonly platform?: Readonly<Record<string, string>>;
  readonly refusal?: { readonly statusCode: number; readonly error: string; readonly message: string };
  /** The server's clock; not stated by default. */
  readonly serverNow?: number;
}

/** A client that logs in with a JWT, and what it sent to Infisical and to the platform. */
function setUp(
  token: JwtStrategyOptions["token"],
  { now = noon, platform = {}, refusal, serverNow }: Setup = {},
) {
  const sent: string[] = [];
  const logins: Record<string, unknown>[] = [];
  const clock = { now: () => now, sleep: async () => undefined };
  const auth = jwtStrategy("oidc-auth", { identityId, token });
  const client = createClient({
    auth,
    clock,
    retry: false,
    transport: async ({ url, body = "{}" }) => {
      sent.push(url);
      if (url.startsWith("https://platform.test/")) return { status: 200, headers: platform, body: "" };
      if (!url.endsWith("/login")) return { status: 200, headers: {}, body: "{}" };
      logins.push(JSON.parse(body));
      const response = refusal ?? {
        accessToken: `token-${logins.length}`,
        expiresIn: 600,
        tokenType: "Bearer",
      };
      const headers = serverNow === undefined ? {} : { date: utc(serverNow) };
      return { status: refusal?.statusCode ?? 200, headers, body: JSON.stringify(response) };
    },
  });
  return { client, auth, sent, logins, login: () => client.auth().login() };
}

/** A source that asks its platform for a token. */
function requesting(token: string): TokenSource {
  return async ({ transport }) => {
    const signal = new AbortController().signal;
    await transport({
      method: "GET",
      url: "https://platform.test/token",
      headers: {},
      idempotent: true,
      signal,
    });
    return token;
  };
}

const utc = (time: number): string => new Date(time).toUTCString();
const iso = (time: number): string => new Date(time).toISOString();

describe("a token's times", () => {
  test("an expired token is not sent, and the error has both times and what identifies the token", async () => {
    const { login, sent } = setUp(() => jwt({ iat: noon - 10 * minute, exp: noon - 5 * minute }));
    expect(await failureOf(login())).toMatchObject({
      code: "AUTH_FAILED",
      message:
        "The token (issuer https://issuer.test, subject app, key key-1) expired at 2030-01-01T11:55:00.000Z; " +
        "it is 2030-01-01T12:00:00.000Z by this machine's clock, which may be wrong.",
    });
    expect(sent).toEqual([]);
  });

  test("a token expires at the very time in its exp", async () => {
    expect(await failureOf(setUp(() => jwt({ exp: noon })).login())).toMatchObject({ code: "AUTH_FAILED" });
    await setUp(() => jwt({ exp: noon + 1000 })).login();
  });

  test("a token that is not yet valid is not sent, and the error has both times", async () => {
    const { login, sent } = setUp(() => jwt({ nbf: noon + minute }));
    expect(await failureOf(login())).toMatchObject({
      code: "AUTH_FAILED",
      message: expect.stringContaining(`is not valid before ${iso(noon + minute)}; it is ${iso(noon)} by`),
    });
    expect(sent).toEqual([]);
  });

  test("a string that has expired cannot be renewed, which the error says", async () => {
    const { login } = setUp(jwt({ exp: noon - minute }));
    expect((await failureOf(login())).message).toContain(
      "A string cannot be renewed: pass a token source (a function) as `token`.",
    );
  });

  test("a clock that is behind the issuer's refuses no token", async () => {
    await setUp(() => fresh(noon + 30 * minute)).login();
    await setUp(fresh(noon + 30 * minute)).login();
  });

  test("a token that a platform has just issued is judged by the platform's clock", async () => {
    const ahead = { now: noon + 120 * minute };
    const { login } = setUp(requesting(fresh(noon)), { ...ahead, platform: { date: utc(noon + 500) } });
    await login();
    const late = setUp(requesting(fresh(noon)), { platform: { date: utc(noon + 6 * minute) } });
    expect((await failureOf(late.login())).message).toContain(
      `it is ${iso(noon + 6 * minute)} by the platform's clock.`,
    );
  });

  test.each([{}, { date: "yesterday" }, { date: utc(noon + 60 * minute), age: "3600" }])(
    "a platform that states no time (%j) has issued its token just now",
    async (platform) => {
      await setUp(requesting(fresh(noon)), { now: noon + 120 * minute, platform }).login();
    },
  );

  test("a platform's clock that is behind the issuer's refuses no token", async () => {
    await setUp(requesting(fresh(noon)), { platform: { date: utc(noon - 5000) } }).login();
  });

  test.each([noon, 1e300, noon / 1000 + 600])(
    "an iat of %d s, after exp, is not a time to judge by",
    async (iat) => {
      await setUp(() => jwt({ exp: noon + 5 * minute }, { iat })).login();
      await setUp(requesting(jwt({ exp: noon + 5 * minute }, { iat }))).login();
      const { login, sent } = setUp(() => jwt({ exp: noon - minute }, { iat }));
      expect((await failureOf(login())).message).toContain(`it is ${iso(noon)} by this machine's clock`);
      expect(sent).toEqual([]);
    },
  );

  test("a token that a source got in its own way is judged by the platform's clock, if the source says so", async () => {
    const hour = 60 * minute;
    const issuedAt = noon - hour;
    const token = fresh(issuedAt);
    const from = (time?: number): TokenSource => {
      return ({ justIssued }) => {
        justIssued?.(time);
        return token;
      };
    };
    expect((await failureOf(setUp(() => token).login())).message).toContain("by this machine's clock");
    for (const time of [issuedAt, undefined, Number.NaN]) {
      const { login, logins } = setUp(from(time));
      await login();
      expect(logins).toHaveLength(1);
    }
    const expired = await failureOf(setUp(from(noon)).login());
    expect(expired.message).toContain(`it is ${iso(noon)} by the platform's clock`);
  });

  test("a refused token is presented once, however wrong the clock is", async () => {
    const refusal = { statusCode: 401, error: "Unauthorized", message: "Access denied: wrong issuer" };
    const serverNow = noon + 2 * minute;
    const { login, logins } = setUp(() => fresh(noon), { refusal, serverNow });
    expect((await failureOf(login())).message).toContain("wrong issuer");
    expect(logins).toHaveLength(1);
  });

  test("what has no times, or is not a JWT, is the server's to judge", async () => {
    for (const token of [jwt({}), "opaque", "a.b.c", jwt({}, { exp: "soon" })])
      await setUp(() => token).login();
  });
});

describe("a token source", () => {
  test("is called at every login, and its token is trimmed", async () => {
    let count = 0;
    const { login, logins } = setUp(() => {
      count += 1;
      return ` opaque-${count}\n`;
    });
    await login();
    await login();
    expect(logins.map((body) => body["jwt"])).toEqual(["opaque-1", "opaque-2"]);
  });

  test("gets a transport, a signal and a clock, and no way to Infisical", async () => {
    let given: TokenSourceContext | undefined;
    const { login } = setUp((context) => {
      given = context;
      return "opaque";
    });
    await login();
    expect(Object.keys(given ?? {}).sort()).toEqual(["clock", "justIssued", "now", "signal", "transport"]);
    expect(given?.clock?.now()).toBe(noon);
    expect(given?.now?.()).toBe(noon);
    expect(given?.signal?.aborted).toBe(false);
  });

  test.each([undefined, "", " \n", 7, null, Object.create(null)])(
    "that returns %j fails, and nothing is sent",
    async (token) => {
      const { login, sent } = setUp((() => token) as unknown as TokenSource);
      expect(await failureOf(login())).toMatchObject({
        code: "AUTH_FAILED",
        message: "The token source must return a token: a string of visible characters without white space.",
      });
      expect(sent).toEqual([]);
    },
  );

  test("that returns a page is refused without showing it", async () => {
    const { login } = setUp(() => "<html> hunter2 </html>");
    const error = await failureOf(login());
    expect(error.message).toContain("The token source must return a token");
    expect(printed(error)).not.toContain("hunter2");
  });

  test("that fails is named with its reason, without what may be a token", async () => {
    const token = fresh(noon);
    const { login } = setUp(() => Promise.reject(new TypeError(`no such audience: ${token}`)));
    const error = await failureOf(login());
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      message: "The token source failed: no such audience: [redacted]",
    });
    expect(printed(error)).not.toContain(token.slice(0, 40));
  });

  test.each([
    ["a string", "a string"],
    [undefined, "no reason given"],
    [Object.create(null), "no reason given"],
    [Object.assign(new Error(), { message: { hunter2: true } }), "no reason given"],
    [Object.assign(new Error(), { message: undefined }), "no reason given"],
  ])("that throws %o fails with an error of the SDK", async (thrown, reason) => {
    const { login } = setUp(() => Promise.reject(thrown));
    expect(await failureOf(login())).toMatchObject({
      code: "AUTH_FAILED",
      message: `The token source failed: ${reason}`,
    });
  });

  test("whose token has claims of odd types is described", async () => {
    const odd = { aud: { toString: 1, valueOf: 1 }, sub: [["a"], "b"] };
    const { login } = setUp(() => jwt({ exp: noon - minute }, odd));
    expect((await failureOf(login())).message).toContain(
      'subject a,b, audience {"toString":1,"valueOf":1}, key',
    );
  });

  test("that does not apply here says so by its own error", async () => {
    const { login } = setUp(() => Promise.reject(tokenUnavailable("ACME_TOKEN is not set.")));
    const error = await failureOf(login());
    expect(error.message).toBe("ACME_TOKEN is not set.");
    expect(isUnavailable(error)).toBe(true);
    expect(isUnavailable(await failureOf(setUp(() => "").login()))).toBe(false);
    expect(isUnavailable(new Error("ACME_TOKEN is not set."))).toBe(false);
  });

  test("that never answers ends with the login", async () => {
    const abort = new AbortController();
    const strategy = jwtStrategy("oidc-auth", {
      identityId,
      token: () => new Promise<string>(() => undefined),
    });
    const context = { signal: abort.signal } as Parameters<typeof strategy.login>[0];
    const login = strategy.login(context);
    const reason = new Error("not wanted any more");
    abort.abort(reason);
    await expect(login).rejects.toBe(reason);
  });

  test.each([
    [undefined, "token must be a token source (a function) or a JWT."],
    [7, "token must be a token source (a function) or a JWT."],
    [{ hunter2: true }, "token must be a token source (a function) or a JWT."],
    [" ", "token must be a non-empty string (usually from the variable INFISICAL_JWT)."],
  ])("cannot be %j", (token, message) => {
    expect(() => jwtStrategy("oidc-auth", { identityId, token: token as string })).toThrow(message);
  });
});

describe("a refused token", () => {
  const expired = {
    statusCode: 403,
    error: "TokenError",
    message: "Your token has expired. Please re-authenticate.",
  };

  test("with a 403 TokenError is a refused login, which calls do not repeat", async () => {
    const { client, logins } = setUp(() => fresh(noon), { refusal: expired });
    const call = () => client.request({ method: "GET", path: "/api/v1/anything" });
    for (const attempt of [call, call, call]) {
      expect(await failureOf(attempt())).toMatchObject({
        code: "AUTH_FAILED",
        statusCode: 403,
        label: "TokenError",
        message: expect.stringContaining("Login with oidc-auth was refused: Your token has expired."),
      });
    }
    expect(logins).toHaveLength(1);
  });

  test("is explained by what the strategy knows of the label, the text and the token", async () => {
    const auth = jwtStrategy(
      "oidc-auth",
      { identityId, token: fresh(noon) },
      ({ label, text }, { claims, keyId }) => ({
        advice: `${label}: ${text} for ${claims["sub"]} by ${keyId}.`,
      }),
    );
    const { client } = setUp(() => "unused", { refusal: expired });
    const error = await failureOf(client.auth().login(auth));
    expect(error.message).toMatch(/re-authenticate\. TokenError: Your token .* for app by key-1\.$/);
    expect(JSON.stringify(error)).not.toContain("label");
  });

  test.each([
    ["SERVER_ERROR", 400, 2],
    ["AUTH_FAILED", 500, 1],
  ] as const)(
    "that a strategy takes for %s in spite of its %i makes two calls log in %i times",
    async (code, statusCode, times) => {
      const auth = jwtStrategy("oidc-auth", { identityId, token: fresh(noon) }, () => ({
        advice: "Check it.",
        code,
      }));
      const { logins, client } = setUp(() => "unused", {
        refusal: { ...expired, error: "BadRequest", statusCode },
      });
      await failureOf(client.auth().login(auth));
      for (const _ of [1, 2]) {
        const error = await failureOf(client.request({ method: "GET", path: "/api/v1/anything" }));
        expect(error).toMatchObject({ code, statusCode });
      }
      expect(logins).toHaveLength(times);
    },
  );
});
