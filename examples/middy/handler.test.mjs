import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestServer } from "@infisical/test-server";

/** Credentials such as Lambda gives a function: temporary ones, of the function's role. */
const credentials = {
  AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "IQoJb3JpZ2luX2VjEXAMPLE",
};

const server = createTestServer({
  projects: [
    {
      name: "Shop",
      slug: "web-shop",
      environments: [{ name: "Development", slug: "dev" }],
      secrets: {
        dev: { "/": { DATABASE_URL: "postgres://app:correct-horse@db/app", LIMITS: '{"perMinute":60}' } },
      },
    },
  ],
  identities: [
    {
      name: "order-function",
      projectRoles: { "web-shop": "viewer" },
      awsAuth: {
        allowedAccountIds: ["123456789012"],
        credentials: [
          {
            accessKeyId: credentials.AWS_ACCESS_KEY_ID,
            secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
            sessionToken: credentials.AWS_SESSION_TOKEN,
            arn: "arn:aws:sts::123456789012:assumed-role/order-function/order-function",
          },
        ],
      },
    },
  ],
});

before(async () => {
  const { siteUrl } = await server.listen();
  Object.assign(process.env, credentials, {
    AWS_REGION: "eu-central-1",
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_MACHINE_IDENTITY_ID: server.identities[0]?.identityId,
    INFISICAL_PROJECT_ID: server.projectId(),
  });
});
after(() => server.close());

test("the handler logs in and fetches once, for all calls of the instance", async () => {
  // Only now: like in Lambda, the environment is there before the handler's module is loaded.
  const { handler } = await import("./handler.mjs");
  const context = /** @type {never} */ ({ getRemainingTimeInMillis: () => 1_000 });
  for (const _ of ["cold", "warm"]) {
    const { statusCode, body } = await handler({}, context);
    assert.equal(statusCode, 200);
    assert.deepEqual(JSON.parse(body), { length: 35, perMinute: 60 });
  }
  assert.equal(server.requests.length, 2);
});
