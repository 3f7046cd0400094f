import { expect, test } from "vitest";
import { failureOf, jumpingClock } from "#test-kit";
import { createClient, type TransportResponse } from "../src/index.ts";

const request = { method: "GET", path: "/api/x" } as const;
const renewPath = "/api/v1/auth/token/renew";
const ok: TransportResponse = { status: 200, headers: {}, body: "{}" };
const refused: TransportResponse = {
  status: 401,
  headers: {},
  body: '{"reqId":"r","message":"no","error":"UnauthorizedError"}',
};

/** A client with a token that another program got, and whose server answers what the test says. */
function startWith(answer: (path: string) => TransportResponse, claims: object = {}) {
  const clock = jumpingClock();
  const paths: string[] = [];
  const logins: unknown[] = [];
  const client = createClient({
    clock,
    onEvent: (event) => {
      if (event.type === "login-started") logins.push(event);
    },
    transport: async ({ url }) => {
      const { pathname } = new URL(url);
      paths.push(pathname);
      return answer(pathname);
    },
  });
  client.auth().accessToken(`e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`);
  return { client, clock, paths, logins };
}

test("it is sent past its end too: the server says what is wrong with it", async () => {
  const { client, paths } = startWith(() => refused, { exp: 1 });
  expect(await failureOf(client.request(request))).toMatchObject({ code: "UNAUTHORIZED", statusCode: 401 });
  expect(paths).toEqual(["/api/x"]);
});

test("a refused renewal of it fails with the server's answer", async () => {
  const { client, paths, logins } = startWith((path) => (path === renewPath ? refused : ok));
  expect(await failureOf(client.auth().renew())).toMatchObject({
    code: "UNAUTHORIZED",
    text: "no",
  });
  expect(paths).toEqual([renewPath]);
  expect(logins).toMatchObject([{ kind: "renewal", strategy: "token" }]);
});

test("one that was renewed on request is not renewed by itself", async () => {
  const renewed = { ...ok, body: '{"accessToken":"renewed","expiresIn":100}' };
  const { client, clock, paths } = startWith((path) => (path === renewPath ? renewed : ok));
  await client.auth().renew();
  clock.advance(99_999);
  await client.request(request);
  await client.request(request);
  expect(paths).toEqual([renewPath, "/api/x", "/api/x"]);
});

test("a renewal of it that takes too long is a TIMEOUT", async () => {
  const client = createClient({ timeout: 50, transport: () => new Promise(() => undefined) });
  client.auth().accessToken("a-token");
  expect(await failureOf(client.auth().renew())).toMatchObject({ code: "TIMEOUT" });
});
