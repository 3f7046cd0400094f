import { createClient } from "@infisical/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Answer, failureOf, jumpingClock, loginContext, printed, startAnswering } from "#test-kit";
import { type LdapAuthOptions, ldapAuth } from "../src/index.ts";

const identityId = "8f1a1d0e-0000-4000-8000-000000000001";
const password = "hunter2-password";

const refusal = (status: number, error: string, message: string): Answer => ({
  status,
  body: { reqId: "req-1", statusCode: status, error, message },
});

/** Logs in at an Infisical with these answers, with the client's own retries; waits end at once. */
async function startInfisical(
  options: Partial<LdapAuthOptions> = {},
  answer: (body: string) => Answer = () => ({ body: { accessToken: "an-access-token" } }),
) {
  const bodies: unknown[] = [];
  const { siteUrl } = await startAnswering(({ body }) => {
    bodies.push(JSON.parse(body));
    return answer(body);
  });
  const auth = ldapAuth({ identityId, username: "app", password, ...options });
  const clock = jumpingClock();
  const client = createClient({ siteUrl, auth, clock });
  onTestFinished(() => client.close());
  return { bodies, clock, client, logIn: () => client.auth().login() };
}

async function failureWithoutPassword(login: Promise<unknown>) {
  const failure = await failureOf(login);
  expect(printed(failure)).not.toContain("hunter2");
  return failure;
}

test("identity, user and password are sent", async () => {
  const { bodies, logIn } = await startInfisical({ organizationSlug: "team-a" });
  await logIn();
  expect(bodies).toEqual([{ identityId, username: "app", password, organizationSlug: "team-a" }]);
});

test("a function for the password is called at every login", async () => {
  let count = 0;
  const { bodies, logIn } = await startInfisical({ password: async () => `password-${++count}` });
  await logIn();
  await logIn();
  expect(bodies).toMatchObject([{ password: "password-1" }, { password: "password-2" }]);
});

test.each(["", " \n", undefined])(
  "a function that returns %j is refused before it is sent",
  async (found) => {
    const { bodies, logIn } = await startInfisical({ password: () => found as string });
    const error = await failureWithoutPassword(logIn());
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      message: "The function passed as `password` returned no password: it must return a non-empty string.",
    });
    expect(bodies).toEqual([]);
  },
);

test("a function that fails is told by its code only, since its message may contain the password", async () => {
  const failures = [
    Object.assign(new Error(password), { code: "ENOENT" }),
    new Error(password),
    password,
    Object.assign(new Error("no"), { code: password.toUpperCase() }),
    Object.assign(new Error("no"), { code: Symbol(password) }),
    {
      get code() {
        throw new Error(password);
      },
    },
  ];
  const messages = [];
  for (const failure of failures) {
    const { logIn } = await startInfisical({ password: () => Promise.reject(failure) });
    messages.push((await failureWithoutPassword(logIn())).message);
  }
  const failed = "The function passed as `password` failed";
  expect(messages).toEqual([`${failed} (ENOENT).`, ...Array.from({ length: 5 }, () => `${failed}.`)]);
});

test("the identity comes from INFISICAL_MACHINE_IDENTITY_ID by default", async () => {
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", "from-variable");
  const auth = ldapAuth({ username: "app", password });
  const bodies: unknown[] = [];
  const request = async ({ body }: { body?: unknown }) => {
    bodies.push(body);
    return { accessToken: "t" } as never;
  };
  await auth.login(
    loginContext({ http: { request }, transport: () => Promise.reject(new Error("unexpected")) }),
  );
  vi.unstubAllEnvs();
  expect(bodies).toMatchObject([{ identityId: "from-variable" }]);
});

const method = "Check the identity's id, and that it has LDAP Auth.";
const organization = "The proof was accepted: check organizationSlug.";

test.each([
  [404, "NotFound", `Identity with ID '${identityId}' not found`, method],
  [404, "NotFound", `LDAP auth with ID '${identityId}' not found`, method],
  [
    401,
    "UnauthorizedError",
    "Invalid credentials",
    "Username or password are wrong, or the user lacks a required attribute. Three refusals in 30 s, by default, lock the identity for this user.",
  ],
  [
    401,
    "UnauthorizedError",
    "This identity auth method is temporarily locked, please try again later",
    "Too many logins of this user were refused. The lock ends after 5 minutes by default, or once it is cleared in the LDAP Auth.",
  ],
  [
    422,
    "ValidationFailure",
    "Identity ID must be a valid UUID",
    "identityId must be the identity's id, not its name.",
  ],
  [
    400,
    "BadRequestError",
    "Failed to login due to plan restriction. Upgrade plan.",
    "The organization's plan does not include LDAP Auth.",
  ],
  [404, "NotFound", "Sub organization with slug x not found", organization],
  [401, "UnauthorizedError", "Identity not authorized to access sub organization x", organization],
  [
    401,
    "UnauthorizedError",
    "Identity not found",
    "The identity was deleted, and only its auth method is left.",
  ],
])("%i %s, %s is explained, and never sent again", async (status, label, message, advice) => {
  const { bodies, logIn } = await startInfisical({}, () => refusal(status, label, message));
  const error = await failureWithoutPassword(logIn());
  expect(error.code).toBe("AUTH_FAILED");
  expect(error.text.endsWith(`${message.replace(/\.?$/, ".")} ${advice}`)).toBe(true);
  expect(bodies).toHaveLength(1);
});

test("a refused password is not sent by the calls of the next 10 seconds", async () => {
  const { bodies, client, clock } = await startInfisical({}, () =>
    refusal(401, "UnauthorizedError", "Invalid credentials"),
  );
  const call = () => failureWithoutPassword(client.request({ method: "GET", path: "/api/v1/any" }));
  for (const seconds of [0, 9]) {
    clock.advance(seconds * 1000);
    expect((await call()).code).toBe("AUTH_FAILED");
  }
  expect(bodies).toHaveLength(1);
});

test("429, another login of the same user, passes", async () => {
  const busy = refusal(429, "RateLimitExceeded", "Failed to acquire lock: rate limit exceeded");
  const { logIn } = await startInfisical({}, () => busy);
  const error = await failureWithoutPassword(logIn());
  expect(error.code).toBe("RATE_LIMITED");
  expect(error.text).toContain("Another login of this user is in progress.");
});

test.each([500, 502, 503])("%i is an outage: a directory answers 401 to a wrong password", async (status) => {
  const { logIn } = await startInfisical({}, () =>
    refusal(status, "InternalServerError", "Something went wrong"),
  );
  expect((await failureWithoutPassword(logIn())).code).not.toBe("AUTH_FAILED");
});

test("a server that repeats what it received does not get the password into the error", async () => {
  const { logIn } = await startInfisical({}, (body) =>
    refusal(401, "UnauthorizedError", `Invalid credentials ${body}`),
  );
  await failureWithoutPassword(logIn());
});
