import { expect, test } from "vitest";
import { createTestServer, type LdapAuthSeed, type TestServer } from "../src/index.ts";
import { call } from "./support/api.ts";
import { claimsOf, outcomeOf, refusal } from "./support/token-login.ts";

const users = {
  app: "hunter2",
  "o'brien": { password: "swordfish", attributes: { mail: "ob@x.test", ou: "ops" } },
};

function serverWith(ldapAuth: Partial<LdapAuthSeed> = {}): TestServer {
  return createTestServer({
    clock: { frozen: true },
    identities: [
      { name: "service", ldapAuth: { users, ...ldapAuth } },
      { name: "other", ldapAuth: { users } },
      { name: "without" },
      { name: "deleted", isDeleted: true, ldapAuth: { users } },
    ],
  });
}

async function login(server: TestServer, username: string, password: string, fields: object = {}) {
  const { identityId } = server.identities[0] ?? {};
  const body = { identityId, username, password, ...fields };
  return outcomeOf(await call(server, "POST", "/api/v1/auth/ldap-auth/login", { body }));
}

const wrong = refusal(401, "Invalid credentials");
const locked = refusal(401, "This identity auth method is temporarily locked, please try again later");

/** Of the tests that change nothing. */
const shared = serverWith({ lockout: false });

test("a user of the directory logs in with a password, whose surrounding whitespace does not count", async () => {
  const server = serverWith({ accessTokenTTL: 60, accessTokenMaxTTL: 600 });
  const { status, body } = await login(server, " app ", "hunter2\n");
  expect(status).toBe(200);
  expect(body).toMatchObject({ expiresIn: 60, accessTokenMaxTTL: 600, tokenType: "Bearer" });
  expect(claimsOf(body.accessToken).authMethod).toBe("ldap-auth");
  expect((await login(server, "o'brien", "swordfish")).status).toBe(200);
});

test.each([
  ["an unknown user", "nobody", "hunter2"],
  ["a wrong password", "app", "hunter3"],
  ["the password of another user", "app", "swordfish"],
  ["the name of a property of every object", "constructor", "x"],
])("%s is refused with the same text", async (_, username, password) => {
  expect(await login(shared, username, password)).toEqual(wrong);
});

test.each([
  [{ ou: "dev,ops" }, true],
  [{ ou: "ops", mail: "ob@x.test" }, true],
  [{ ou: "dev, ops" }, false],
  [{ ou: "dev" }, false],
  [{ ou: "ops", title: "lead" }, false],
  [{ constructor: "x" }, false],
])("a user with the attributes %j is required", async (allowedFields, isAllowed) => {
  const server = serverWith({ allowedFields: { ...allowedFields } });
  const outcome = await login(server, "o'brien", "swordfish");
  if (isAllowed) expect(outcome.status).toBe(200);
  else expect(outcome).toEqual(wrong);
  expect(await login(server, "app", "hunter2")).toEqual(wrong);
});

test("three failures lock a user name for 300 seconds, even for the right password", async () => {
  const server = serverWith();
  for (let count = 0; count < 3; count += 1) expect(await login(server, "app", "x")).toEqual(wrong);
  expect(await login(server, "app", "hunter2")).toEqual(locked);
  expect(await login(server, "APP", "x")).toEqual(locked);
  server.clock.advance(299_999);
  expect(await login(server, "app", "hunter2")).toEqual(locked);
  server.clock.advance(1);
  expect((await login(server, "app", "hunter2")).status).toBe(200);
});

test("a lock holds for one user name at one identity", async () => {
  const server = serverWith();
  for (let count = 0; count < 4; count += 1) await login(server, "app", "x");
  expect((await login(server, "o'brien", "swordfish")).status).toBe(200);
  const { identityId } = server.identities[1] ?? {};
  expect((await login(server, "app", "hunter2", { identityId })).status).toBe(200);
  expect(await login(server, "app", "hunter2")).toEqual(locked);
});

test("an unknown user is locked too", async () => {
  const server = serverWith();
  for (let count = 0; count < 3; count += 1) await login(server, "nobody", "x");
  expect(await login(server, "nobody", "x")).toEqual(locked);
});

test("failures are forgotten after 30 seconds, and after a login", async () => {
  const server = serverWith();
  await login(server, "app", "x");
  await login(server, "app", "x");
  server.clock.advance(30_000);
  await login(server, "app", "x");
  await login(server, "app", "x");
  expect((await login(server, "app", "hunter2")).status).toBe(200);
  await login(server, "app", "x");
  await login(server, "app", "x");
  expect((await login(server, "app", "hunter2")).status).toBe(200);
});

test("without a lockout any number of failures is possible, and a reset ends one", async () => {
  const server = serverWith({ lockout: false });
  for (let count = 0; count < 5; count += 1) await login(server, "app", "x");
  expect((await login(server, "app", "hunter2")).status).toBe(200);
  const locking = serverWith();
  for (let count = 0; count < 3; count += 1) await login(locking, "app", "x");
  locking.reset();
  expect((await login(locking, "app", "hunter2")).status).toBe(200);
});

test("a plan without LDAP is reported after the credentials are checked", async () => {
  const server = serverWith({ isPlanRestricted: true });
  expect(await login(server, "app", "x")).toEqual(wrong);
  expect(await login(server, "app", "hunter2")).toEqual(
    refusal(
      400,
      "Failed to login to identity due to plan restriction. Upgrade plan to login to use LDAP authentication.",
    ),
  );
});

test("an unknown identity, a deleted one and one without LDAP Auth are told apart from one another by the text", async () => {
  const unknown = "00000000-0000-4000-8000-000000000000";
  const [, , without, deleted] = shared.identities.map(({ identityId }) => identityId);
  const attempt = (identityId?: string) => login(shared, "app", "hunter2", { identityId });
  expect(await attempt(unknown)).toEqual(refusal(404, `Identity with ID '${unknown}' not found`));
  expect(await attempt(deleted)).toEqual(refusal(404, `Identity with ID '${deleted}' not found`));
  expect(await attempt(without)).toEqual(refusal(404, `LDAP auth with ID '${without}' not found`));
});

test("an identity id that is not a UUID and empty credentials are refused field by field", async () => {
  const { status, error, message } = await login(shared, " ", "", { identityId: "nobody" });
  expect([status, error]).toEqual([422, "ValidationFailure"]);
  expect(message.map((issue: { message: string }) => issue.message)).toEqual([
    "Identity ID must be a valid UUID",
    "Username is required",
    "Password is required",
  ]);
});

test("an organization is looked up after the credentials are checked", async () => {
  const organizationSlug = "other";
  expect(await login(shared, "app", "x", { organizationSlug })).toEqual(wrong);
  expect(await login(shared, "app", "hunter2", { organizationSlug })).toEqual(
    refusal(404, "Sub organization with slug other not found"),
  );
});

test("a login that finds another one in progress is simulated by a failure", async () => {
  const server = serverWith();
  const message = "Failed to acquire lock: rate limit exceeded";
  server.fail({}, { status: 429, body: { statusCode: 429, error: "RateLimitExceeded", message } });
  expect(await login(server, "app", "hunter2")).toEqual(refusal(429, message, "RateLimitExceeded"));
});

test("a wrong user in the seed is named by its path", () => {
  expect(() => serverWith({ users: { app: "" } })).toThrow(/identities\[0\]\.ldapAuth\.users\.app/);
});
