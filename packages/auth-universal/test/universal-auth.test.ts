import { createClient } from "@infisical/core";
import { createTestServer } from "@infisical/test-server";
import { expect, test } from "vitest";
import { start } from "#test-kit";
import { universalAuth } from "../src/index.ts";

test("logs in with exactly the documented request", async () => {
  const { server, connect } = await start();
  const { clientId, clientSecret } = server.credentials();
  await connect({ auth: universalAuth({ clientId, clientSecret }) })
    .auth()
    .login();
  expect(server.requests).toMatchObject([
    {
      method: "POST",
      path: "/api/v1/auth/universal-auth/login",
      body: { clientId, clientSecret },
      status: 200,
    },
  ]);
  expect(server.requests[0]?.headers["authorization"]).toBeUndefined();
});

test("the organization is sent if one is given", async () => {
  const server = createTestServer();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const auth = universalAuth({ clientId, clientSecret, organizationSlug: "sub-org" });
  await createClient({ transport: server.transport, auth })
    .auth()
    .login()
    .catch(() => undefined);
  expect(server.requests[0]?.body).toEqual({ clientId, clientSecret, organizationSlug: "sub-org" });
});

test.each([
  [{ clientId: "", clientSecret: "hunter2" }, /^clientId must be .*INFISICAL_UNIVERSAL_AUTH_CLIENT_ID\)\.$/],
  [
    { clientId: "id", clientSecret: " " },
    /^clientSecret must be .*INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET\)\.$/,
  ],
  [{ clientId: "id" }, /^clientSecret/],
  [undefined, /^options must be an object with clientId, clientSecret, and optionally organizationSlug\.$/],
  ["hunter2", /^options must be an object with clientId/],
  [{ clientId: '"id"', clientSecret: "hunter2" }, /^clientId must not be in quotation marks \(usually from/],
  [{ clientId: "id", clientSecret: '"hunter2"' }, /^clientSecret must not be in quotation marks/],
  [{ clientId: "id", clientSecret: "'hunter2'\n" }, /^clientSecret must not be in quotation marks/],
  [
    { clientId: "id", clientSecret: "hunter2", identityId: "id" },
    /^identityId is not an option; the options are clientId/,
  ],
  [{ clientid: "id", clientId: "id", clientSecret: "hunter2" }, /^clientid is .* did you mean clientId\?/],
  [{ clientId: "id", clientSecret: "hunter2", organizationSlug: "" }, /^organizationSlug must be .*got ""/],
  [{ clientId: "id", clientSecret: "hunter2", organizationSlug: "Big Org" }, /^organizationSlug must be/],
  [{ clientId: "id", clientSecret: "hunter2", organizationSlug: null }, /^organizationSlug must be/],
  [{ clientId: "id", clientSecret: "hunter2", organizationSlug: 7 }, /^organizationSlug must be .*got 7/],
])("the options %j are refused when the strategy is built", (options, message) => {
  expect(() => universalAuth(options as never)).toThrow(message);
  expect(() => universalAuth(options as never)).not.toThrow(/hunter2/);
});
