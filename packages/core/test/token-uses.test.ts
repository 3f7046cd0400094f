import { expect, onTestFinished, test, vi } from "vitest";
import { jumpingClock } from "#test-kit";
import { type AuthStrategy, createClient, type TransportResponse } from "../src/index.ts";

const request = { method: "GET", path: "/api/x" } as const;
const accepted: TransportResponse = { status: 200, headers: {}, body: "{}" };
const refused: TransportResponse = {
  status: 401,
  headers: {},
  body: '{"reqId":"r","message":"no","error":"UnauthorizedError"}',
};
const unavailable: TransportResponse = { status: 503, headers: {}, body: '{"message":"later"}' };

function jwt(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${Math.random()}`;
}

/** A client whose tokens last for some uses or seconds, and whose server answers what the test says. */
function startWith(
  answer: (path: string, sent: number) => TransportResponse,
  { uses, seconds = 100 }: { uses?: number; seconds?: number } = {},
) {
  const clock = jumpingClock();
  const paths: string[] = [];
  let logins = 0;
  const auth: AuthStrategy = {
    name: "own",
    login: async () => {
      logins += 1;
      return { accessToken: jwt({ numUsesLimit: uses }), expiresIn: seconds, accessTokenMaxTTL: 1000 };
    },
  };
  const client = createClient({
    ...{ auth, clock, retry: { limit: 0 } },
    transport: async ({ url }) => {
      const { pathname } = new URL(url);
      paths.push(pathname);
      return answer(pathname, paths.length);
    },
  });
  return { client, clock, paths, call: () => client.request(request), logins: () => logins };
}

test("a token that is used up is replaced by a login, never renewed", async () => {
  const { client, call, paths, logins } = startWith(() => accepted, { uses: 2 });
  for (let calls = 0; calls < 4; calls += 1) await call();
  expect(logins()).toBe(2);
  await client.auth().renew();
  expect(logins()).toBe(3);
  expect(paths).toEqual(Array(4).fill("/api/x"));
});

test("tokens that are used up are not failures: a refusal after ten of them is answered by a login", async () => {
  const { call, logins } = startWith((_, sent) => (sent === 11 ? refused : accepted), { uses: 1 });
  for (let calls = 0; calls < 11; calls += 1) await call();
  expect(logins()).toBe(12);
});

test.each([
  ["accepted: it has served, and a refusal of the next one is answered by a login", accepted, 3],
  ["never accepted: a refusal of the next one is the second failure in a row", unavailable, 2],
])("a token that expires was %s", async (_, first, expected) => {
  const answers = [first, refused];
  const { call, clock, logins } = startWith(() => answers.shift() ?? accepted, { seconds: 1 });
  await call().catch(() => undefined);
  clock.advance(1000);
  await call().catch(() => undefined);
  expect(logins()).toBe(expected);
});

test("the refresh window begins at its first moment", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => void vi.restoreAllMocks());
  const { call, clock, paths } = startWith((path) =>
    path.endsWith("/renew") ? { ...accepted, body: '{"accessToken":"renewed","expiresIn":100}' } : accepted,
  );
  await call();
  clock.advance(89_999);
  await call();
  expect(paths).toEqual(["/api/x", "/api/x"]);
  clock.advance(1);
  await call();
  await expect.poll(() => paths).toContain("/api/v1/auth/token/renew");
});

test("the late refusal of a token that was replaced does not stop a renewal", async () => {
  const answers: ((response: TransportResponse) => void)[] = [];
  let tokens = 0;
  const client = createClient({
    clock: jumpingClock(),
    auth: {
      name: "own",
      login: async () => {
        tokens += 1;
        return { accessToken: `token-${tokens}`, expiresIn: 100 };
      },
    },
    transport: () => new Promise((resolve) => void answers.push(resolve)),
  });
  const first = client.request(request);
  const late = client.request(request);
  await expect.poll(() => answers).toHaveLength(2);
  answers[0]?.(refused);
  await expect.poll(() => answers).toHaveLength(3);
  answers[1]?.(refused);
  await expect.poll(() => answers).toHaveLength(4);
  await client.auth().renew();
  expect(tokens).toBe(3);
  answers[2]?.(accepted);
  answers[3]?.(accepted);
  await Promise.all([first, late]);
});
