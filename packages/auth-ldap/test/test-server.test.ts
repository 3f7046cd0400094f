import type { LdapAuthSeed, TestServer } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { type LdapAuthOptions, ldapAuth } from "../src/index.ts";

const username = "app";
const password = "hunter2-password";
const wrong = "hunter2-mistaken";
const loginPath = "/api/v1/auth/ldap-auth/login";

/** A server whose directory has one user, and clients that log in as that user. */
async function startWithDirectory(seed: Partial<LdapAuthSeed> = {}) {
  const directory = { users: { [username]: { password, attributes: { team: "shop" } } }, ...seed };
  const { server, connect } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, ldapAuth: directory },
        { name: "other", universalAuth: {} },
        { name: "gone", ldapAuth: directory, isDeleted: true },
      ],
    },
  });
  const identityOf = (name: string) => server.identities.find((one) => one.name === name)?.identityId ?? name;
  const clientFor = (options: Partial<LdapAuthOptions> = {}) =>
    connect({
      retry: false,
      auth: ldapAuth({ identityId: identityOf("app"), username, password, ...options }),
    });
  return { server, connect, clientFor, identityOf };
}

const loginsAt = ({ requests }: TestServer) => requests.filter(({ path }) => path.endsWith("/login"));
const statusesAt = (server: TestServer) => loginsAt(server).map(({ status }) => status);

type Client = ReturnType<Awaited<ReturnType<typeof startWithDirectory>>["clientFor"]>;
const call = (client: Client) => client.request({ method: "GET", path: "/api/v1/projects" });

/** What a call fails with whose login is refused; neither it nor its client shows a password. */
async function refusalOf(client: Client) {
  const error = await failureOf(call(client));
  expect(error.code).toBe("AUTH_FAILED");
  expect(printed(error) + printed([error, client])).not.toContain("hunter2");
  return error;
}

const credentials =
  "Invalid credentials. Username or password are wrong, or the user lacks a required attribute. Three refusals in 30 s, by " +
  "default, lock the identity for this user.";
const locked =
  "This identity auth method is temporarily locked, please try again later. Too many logins of this user were refused. The " +
  "lock ends after 5 minutes by default, or once it is cleared in the LDAP Auth.";

test("a user logs in on the first call, and the password shows nowhere", async () => {
  const { server, clientFor } = await startWithDirectory({ allowedFields: { team: "shop,web" } });
  const client = clientFor();
  await call(client);
  expect(statusesAt(server)).toEqual([200]);
  expect(loginsAt(server)[0]?.body).toMatchObject({ username, password });
  expect(printed(client) + printed(ldapAuth({ identityId: "id", username, password }))).not.toContain(
    "hunter2",
  );
});

test("the password is sent at each login of an hour, and no call fails", async () => {
  const { server, clientFor } = await startWithDirectory({ accessTokenTTL: 300, accessTokenMaxTTL: 300 });
  const client = clientFor({ password: async () => password });
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await call(client);
    server.clock.advance(60_000);
  }
  expect(statusesAt(server).length).toBeGreaterThanOrEqual(12);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
});

describe("the lock-out", () => {
  test("follows three refusals, is told, and ends after 5 minutes", async () => {
    const { server, clientFor } = await startWithDirectory();
    for (let refusals = 0; refusals < 3; refusals += 1) {
      expect((await refusalOf(clientFor({ password: wrong }))).message).toContain(credentials);
    }
    // The right password, too.
    expect((await refusalOf(clientFor())).message).toContain(locked);
    server.clock.advance(300_000);
    await call(clientFor());
    expect(statusesAt(server)).toEqual([401, 401, 401, 401, 200]);
  });

  test("is not caused by one session: it sends a refused password once within its cool-down", async () => {
    const { server, clientFor } = await startWithDirectory();
    const client = clientFor({ password: wrong });
    const calls = await Promise.all(Array.from({ length: 5 }, () => refusalOf(client)));
    server.clock.advance(8000);
    calls.push(await refusalOf(client));
    expect(new Set(calls.map(({ message }) => message)).size).toBe(1);
    expect(statusesAt(server)).toEqual([401]);
    // Another session is not affected.
    await call(clientFor());
  });

  test.each<[string, object]>([
    ["the connection is lost", { drop: "after" }],
    ["a gateway answers", { status: 502 }],
  ])("is not caused by a login after which %s: the password is sent once", async (_, failure) => {
    const { server, connect, identityOf } = await startWithDirectory();
    server.fail({ path: loginPath, times: 3 }, failure as Parameters<typeof server.fail>[1]);
    const client = connect({ auth: ldapAuth({ identityId: identityOf("app"), username, password: wrong }) });
    const error = await failureOf(client.auth().login());
    expect(error.code).not.toBe("AUTH_FAILED");
    expect(server.requests).toHaveLength(1);
  });

  test("is not caused by a session that calls every second with a wrong password", async () => {
    const { server, clientFor } = await startWithDirectory();
    const client = clientFor({ password: wrong });
    for (let second = 0; second < 120; second += 1) {
      expect((await refusalOf(client)).message).toContain(credentials);
      server.clock.advance(1000);
    }
    await call(clientFor());
  });

  test("is not reached by a session whose password is corrected", async () => {
    const { server, clientFor } = await startWithDirectory();
    let current = wrong;
    const client = clientFor({ password: () => current });
    await refusalOf(client);
    current = password;
    server.clock.advance(11_000);
    await call(client);
    expect(statusesAt(server)).toEqual([401, 200]);
  });
});

test.each<[string, Partial<LdapAuthSeed>, Partial<LdapAuthOptions>, number, string]>([
  ["a wrong password", {}, { password: wrong }, 401, credentials],
  ["an unknown user", {}, { username: "nobody" }, 401, credentials],
  ["a missing attribute", { allowedFields: { role: "admin" } }, {}, 401, credentials],
  ["another attribute", { allowedFields: { team: "web" } }, {}, 401, credentials],
  ["a plan without LDAP", { isPlanRestricted: true }, {}, 400, "plan does not include LDAP Auth."],
  [
    "an unknown organization",
    {},
    { organizationSlug: "acme" },
    404,
    "Sub organization with slug acme not found. The proof was accepted: check organizationSlug.",
  ],
])("a login is refused for %s, with advice", async (_, seed, options, statusCode, advice) => {
  const { server, clientFor } = await startWithDirectory(seed);
  const error = await refusalOf(clientFor(options));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
  expect(statusesAt(server)).toEqual([statusCode]);
});

const unknown = "8f1a1d0e-0000-4000-8000-000000000001";
const check = "not found. Check the identity's id, and that it has LDAP Auth.";

test.each([
  ["other", 404, check],
  ["gone", 404, check],
  [unknown, 404, `Identity with ID '${unknown}' ${check}`],
  [
    "by-its-name",
    422,
    "Identity ID must be a valid UUID. identityId must be the identity's id, not its name.",
  ],
])("the identity %s is refused, with advice", async (name, statusCode, advice) => {
  const { server, clientFor, identityOf } = await startWithDirectory();
  const error = await refusalOf(clientFor({ identityId: identityOf(name) }));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
  expect(statusesAt(server)).toEqual([statusCode]);
});

test.each([500, 502, 503])("a %i is an outage, and the next call logs in", async (status) => {
  const { server, clientFor } = await startWithDirectory();
  server.fail({ path: loginPath }, { status });
  const client = clientFor();
  const error = await failureOf(client.auth().login());
  expect(error.code).not.toBe("AUTH_FAILED");
  expect(printed(error)).not.toContain("hunter2");
  await call(client);
  expect(statusesAt(server)).toEqual([status, 200]);
});
