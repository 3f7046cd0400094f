import type { Clock } from "@infisical/core";
import type { AlicloudAuthSeed, TestServer } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { type AlicloudAuthOptions, alicloudAuth } from "../src/index.ts";
import { accessKeyId, accessKeySecret, outsideAlibaba } from "./alibaba.ts";

outsideAlibaba();

const arn = "acs:ram::123456:user/app";
const next = { accessKeyId: "LTAInext", accessKeySecret: "hunter2-next", arn };
const accessKeys = [{ accessKeyId, accessKeySecret, arn }, next];

/** A server whose Alibaba Cloud has one user with two pairs, and clients that log in as that user. */
async function startWithUser(seed: Partial<AlicloudAuthSeed> = {}) {
  const alicloud = { accessKeys, ...seed };
  const { server, connect } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, alicloudAuth: alicloud },
        { name: "other", universalAuth: {} },
        { name: "gone", alicloudAuth: alicloud, isDeleted: true },
      ],
    },
  });
  const identityOf = (name: string) => server.identities.find((one) => one.name === name)?.identityId ?? name;
  const authFor = (options: AlicloudAuthOptions = { accessKeyId, accessKeySecret }) =>
    alicloudAuth({ identityId: identityOf("app"), ...options });
  const clientFor = (options?: AlicloudAuthOptions, clock: Clock = server.clock) =>
    connect({ retry: false, auth: authFor(options), clock });
  return { server, connect, clientFor, authFor, identityOf };
}

const loginsAt = ({ requests }: TestServer) => requests.filter(({ path }) => path.endsWith("/login"));
const statusesAt = (server: TestServer) => loginsAt(server).map(({ status }) => status);
const bodiesAt = (server: TestServer) => loginsAt(server).map(({ body }) => body as Record<string, string>);

type Client = ReturnType<Awaited<ReturnType<typeof startWithUser>>["clientFor"]>;
const call = (client: Client) => client.request({ method: "GET", path: "/api/v1/projects" });

/** What a call fails with whose login is refused: it shows no secret and no signature, and is remembered. */
async function refusalOf(server: TestServer, client: Client) {
  const error = await failureOf(call(client));
  expect(error.code).toBe("AUTH_FAILED");
  expect((await failureOf(call(client))).message).toBe(error.message);
  const [body, ...others] = bodiesAt(server);
  expect(others).toEqual([]);
  const text = printed([error, client]) + printed(error);
  expect(text).not.toContain("hunter2");
  expect(text).not.toContain(body?.["Signature"]);
  return error;
}

test("a user logs in on the first call, and neither secret nor signature shows", async () => {
  const { server, clientFor, authFor } = await startWithUser({ allowedArns: [arn] });
  const client = clientFor();
  await call(client);
  expect(statusesAt(server)).toEqual([200]);
  const text = printed([client, authFor()]);
  for (const secret of ["hunter2", bodiesAt(server)[0]?.["Signature"]]) expect(text).not.toContain(secret);
});

test("a request is signed anew at each login of an hour, and no call fails", async () => {
  const { server, clientFor } = await startWithUser({ accessTokenTTL: 300, accessTokenMaxTTL: 300 });
  const client = clientFor();
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await call(client);
    server.clock.advance(60_000);
  }
  expect(loginsAt(server).length).toBeGreaterThanOrEqual(12);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
  for (const field of ["SignatureNonce", "Timestamp", "Signature"]) {
    expect(new Set(bodiesAt(server).map((body) => body[field])).size).toBe(loginsAt(server).length);
  }
});

test("a request whose response is lost is not sent again, since its nonce is used; the next call signs anew", async () => {
  const { server, connect, authFor } = await startWithUser();
  server.fail({ path: "/api/v1/auth/alicloud-auth/login" }, { drop: "after" });
  const client = connect({ auth: authFor(), clock: server.clock });
  expect((await failureOf(client.auth().login())).code).not.toBe("AUTH_FAILED");
  await call(client);
  expect(statusesAt(server)).toEqual([undefined, 200]);
  expect(new Set(bodiesAt(server).map((body) => body["SignatureNonce"])).size).toBe(2);
});

test("a pair that is replaced is used at the next login", async () => {
  const { server, clientFor } = await startWithUser();
  let current = { accessKeyId, accessKeySecret };
  const client = clientFor({ credentials: () => current });
  await client.auth().login();
  current = { accessKeyId: next.accessKeyId, accessKeySecret: next.accessKeySecret };
  await client.auth().login();
  await call(client);
  expect(statusesAt(server)).toEqual([200, 200]);
  expect(bodiesAt(server).map((body) => body["AccessKeyId"])).toEqual([accessKeyId, "LTAInext"]);
});

test("a client whose clock is 20 minutes fast signs once more, by the server's clock", async () => {
  const { server, clientFor } = await startWithUser();
  const { clock } = server;
  const fast: Clock = {
    now: () => clock.now() + 1_200_000,
    sleep: (time, signal) => clock.sleep(time, signal),
  };
  await call(clientFor(undefined, fast));
  expect(statusesAt(server)).toEqual([500, 200]);
});

const failure =
  "Something went wrong. Infisical also answers this if Alibaba Cloud refuses the request: check that the AccessKey pair exists and " +
  "is enabled, its secret, and the clock.";

test.each<[string, Partial<AlicloudAuthSeed>, AlicloudAuthOptions, number, string]>([
  ["a wrong secret", {}, { accessKeyId, accessKeySecret: "hunter2-mistaken" }, 500, failure],
  ["a key that was deleted", { accessKeys: [] }, { accessKeyId, accessKeySecret }, 500, failure],
  [
    "a user that is not allowed",
    { allowedArns: ["acs:ram::123456:user/*", `${arn}2`] },
    { accessKeyId, accessKeySecret },
    401,
    "Access denied: Alibaba Cloud account ARN not allowed. The Alibaba Cloud Auth must list the RAM user's ARN exactly: " +
      "acs:ram::<account id>:user/<name>.",
  ],
  [
    "an unknown organization",
    {},
    { accessKeyId, accessKeySecret, organizationSlug: "acme" },
    404,
    "Sub organization with slug acme not found. The proof was accepted: check organizationSlug.",
  ],
])("a login is refused for %s, with advice", async (_, seed, options, statusCode, advice) => {
  const { server, clientFor } = await startWithUser(seed);
  const error = await refusalOf(server, clientFor(options));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
});

test.each([
  ["other", 404, "Check the identity's id, and that Alibaba Cloud Auth is among its auth methods."],
  ["gone", 401, "Identity not found. The identity was deleted, and only its auth method is left."],
])("the identity %s is refused, with advice", async (name, statusCode, advice) => {
  const { server, clientFor, identityOf } = await startWithUser();
  const client = clientFor({ identityId: identityOf(name), accessKeyId, accessKeySecret });
  const error = await refusalOf(server, client);
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
});

describe("a 500, which may be a refused request or an outage,", () => {
  test("is remembered for 10 seconds at most", async () => {
    const { server, clientFor } = await startWithUser();
    const client = clientFor();
    server.fail({ path: "/api/v1/auth/alicloud-auth/login" }, { status: 500 });
    await failureOf(call(client));
    server.clock.advance(9_000);
    expect((await failureOf(call(client))).message).toContain("Something went wrong");
    expect(statusesAt(server)).toEqual([500]);
    server.clock.advance(1_001);
    await call(client);
    expect(statusesAt(server)).toEqual([500, 200]);
  });

  test.each([502, 503, 504])("is never a %i: the next call logs in", async (status) => {
    const { server, clientFor } = await startWithUser();
    const client = clientFor();
    server.fail({ path: "/api/v1/auth/alicloud-auth/login" }, { status });
    expect((await failureOf(call(client))).code).not.toBe("AUTH_FAILED");
    await call(client);
    expect(statusesAt(server)).toEqual([status, 200]);
  });
});
