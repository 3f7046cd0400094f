import { describe, expect, test } from "vitest";
import {
  createTestServer,
  type IdentitySeed,
  type TestServer,
  type TestServerOptions,
} from "../src/index.ts";
import { type ApiResponse, call, login, startTest } from "./support/api.ts";

const loginPath = "/api/v1/auth/universal-auth/login";

function serverWith(universalAuth: IdentitySeed["universalAuth"]): TestServer {
  const projectRoles = { "example-project": "admin" } as const;
  return createTestServer({
    identities: [{ name: "admin", projectRoles, universalAuth }],
    clock: { frozen: true },
  });
}

function list(server: TestServer, token?: string): Promise<ApiResponse> {
  const query = { workspaceId: server.projects[0]?.id ?? "", environment: "dev" };
  return call(server, "GET", "/api/v3/secrets/raw", { query, token });
}

function renew(server: TestServer, accessToken: string): Promise<ApiResponse> {
  return call(server, "POST", "/api/v1/auth/token/renew", { body: { accessToken } });
}

function claims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("Universal Auth", () => {
  test("Universal Auth returns a token for the API, with its lifetimes in seconds", async () => {
    const server = serverWith({ clientId: "id", clientSecret: "secret", accessTokenTTL: 60 });
    const { status, body } = await call(server, "POST", loginPath, {
      body: { clientId: " id ", clientSecret: "secret\n" },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      accessToken: expect.any(String),
      expiresIn: 60,
      accessTokenMaxTTL: 2_592_000,
      tokenType: "Bearer",
    });
    const { iat, exp, jti, identityId, authTokenType } = claims(body.accessToken);
    expect(Number(exp) - Number(iat)).toBe(60);
    expect([jti, identityId]).toEqual([expect.any(String), server.identities[0]?.identityId]);
    expect(authTokenType).toBe("identityAccessToken");
    expect((await list(server, body.accessToken)).status).toBe(200);
  });

  test("Universal Auth refuses an unknown client id, a wrong secret and missing fields", async () => {
    const server = serverWith({ clientId: "id", clientSecret: "secret" });
    const attempt = (body: unknown) => call(server, "POST", loginPath, { body });
    const unknown = await attempt({ clientId: "nobody", clientSecret: "x" });
    const wrong = await attempt({ clientId: "id", clientSecret: "x" });
    for (const { status, body } of [unknown, wrong]) {
      expect([status, body.error, body.message]).toEqual([401, "UnauthorizedError", "Invalid credentials"]);
    }
    const missing = await attempt({ clientId: "id" });
    expect(missing.status).toBe(422);
    expect(missing.body).toEqual({
      reqId: expect.stringMatching(/^req-/),
      statusCode: 422,
      error: "ValidationFailure",
      message: [
        {
          code: "invalid_type",
          expected: "string",
          received: "undefined",
          path: ["clientSecret"],
          message: "Required",
        },
      ],
    });
  });

  test("Universal Auth locks an identity for 300 seconds after three failures within 30, by default", async () => {
    for (const lockout of [true, false]) {
      const server = serverWith({ clientId: "id", clientSecret: "secret", lockout });
      const attempt = async (clientSecret: string) =>
        (await call(server, "POST", loginPath, { body: { clientId: "id", clientSecret } })).status;
      await attempt("x");
      await attempt("x");
      server.clock.advance(30_000);
      expect([await attempt("x"), await attempt("secret")]).toEqual([401, 200]);
      await attempt("x");
      server.clock.advance(29_000);
      await attempt("x");
      server.clock.advance(29_000);
      await attempt("x");
      expect(await attempt("secret")).toBe(lockout ? 401 : 200);
      server.clock.advance(300_000);
      await attempt("x");
      await attempt("x");
      await attempt("x");
      expect(await attempt("secret")).toBe(lockout ? 401 : 200);
      server.clock.advance(300_000);
      expect(await attempt("secret")).toBe(200);
    }
  });

  test("Universal Auth refuses an empty and an unknown organization slug", async () => {
    const server = serverWith({ clientId: "id", clientSecret: "secret" });
    const attempt = async (organizationSlug: string) =>
      (
        await call(server, "POST", loginPath, {
          body: { clientId: "id", clientSecret: "secret", organizationSlug },
        })
      ).status;
    expect(await attempt("")).toBe(422);
    expect(await attempt("elsewhere")).toBe(404);
  });
});

describe("Token Auth", () => {
  const options: TestServerOptions = {
    identities: [
      { name: "admin", organizationRole: "admin", universalAuth: {} },
      { name: "member", universalAuth: {} },
      { name: "robot", tokenAuth: { accessTokenTTL: 60, accessTokenMaxTTL: 90 } },
    ],
    clock: { frozen: true },
  };

  test("Token Auth lets an administrator create tokens, which can be renewed", async () => {
    const server = createTestServer(options);
    const identityId = server.identities[2]?.identityId;
    const path = `/api/v1/auth/token-auth/identities/${identityId}/tokens`;
    const create = async (name: string, to = path): Promise<ApiResponse> =>
      call(server, "POST", to, { token: await login(server, name), body: { name: "t" } });
    const { status, body } = await create("admin");
    expect([status, body.expiresIn, body.accessTokenMaxTTL]).toEqual([200, 60, 90]);
    expect(body.tokenData).toEqual({
      id: claims(body.accessToken)["jti"],
      accessTokenTTL: 60,
      accessTokenMaxTTL: 90,
      accessTokenPeriod: 0,
      accessTokenNumUses: 0,
      accessTokenNumUsesLimit: 0,
      accessTokenLastUsedAt: null,
      accessTokenLastRenewedAt: null,
      isAccessTokenRevoked: false,
      identityUAClientSecretId: null,
      identityId,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      name: "t",
      authMethod: "token-auth",
      subOrganizationId: null,
    });
    expect((await renew(server, body.accessToken)).body.expiresIn).toBe(60);
    expect((await create("member")).status).toBe(403);
    const other = path.replace(String(identityId), String(server.identities[0]?.identityId));
    expect((await create("admin", other)).body.message).toBe("The identity does not have Token Auth");
    const nobody = path.replace(String(identityId), "nobody");
    expect((await create("admin", nobody)).body.message).toBe("Failed to find identity with ID nobody");
  });
});

describe("logins by methods that no identity has", () => {
  const identityId = (server: TestServer) => server.identities[0]?.identityId;
  const attempt = (server: TestServer, method: string, body: unknown, headers?: Record<string, string>) =>
    call(server, "POST", `/api/v1/auth/${method}-auth/login`, { body, headers });

  test.each([
    ["azure", "Azure auth method not found for identity, did you configure Azure Auth?"],
    ["gcp", "GCP auth method not found for identity, did you configure GCP auth?"],
    ["jwt", "JWT auth method not found for identity, did you configure JWT auth?"],
    ["kubernetes", "Kubernetes auth method not found for identity, did you configure Kubernetes auth?"],
    ["oidc", "OIDC auth method not found for identity, did you configure OIDC auth?"],
    ["spiffe", "SPIFFE auth method not found for identity, did you configure SPIFFE auth?"],
  ])(
    "a login by %s-auth is answered with 404, or with 500 for an id that is not a UUID",
    async (method, text) => {
      const server = createTestServer();
      const { status, body } = await attempt(server, method, {
        identityId: identityId(server),
        jwt: "a.b.c",
      });
      expect([status, body.error, body.message]).toEqual([404, "NotFound", text]);
      const wrong = await attempt(server, method, { identityId: "nobody", jwt: "a.b.c" });
      expect([wrong.status, wrong.body.error]).toEqual([500, "Find one"]);
    },
  );

  test("a login by ldap-auth says which id it does not know", async () => {
    const server = createTestServer();
    const login = async (id?: string) =>
      (await attempt(server, "ldap", { identityId: id, username: "u", password: " " })).body.message;
    expect((await login("nobody")).map(({ message }: { message: string }) => message)).toEqual([
      "Identity ID must be a valid UUID",
      "Password is required",
    ]);
    const messageFor = async (id?: string) =>
      (await attempt(server, "ldap", { identityId: id, username: "u", password: "p" })).body.message;
    expect(await messageFor(identityId(server))).toBe(`LDAP auth with ID '${identityId(server)}' not found`);
    const unknown = "00000000-0000-4000-8000-000000000000";
    expect(await messageFor(unknown)).toBe(`Identity with ID '${unknown}' not found`);
  });

  test("a login by tls-cert-auth needs a certificate in a header", async () => {
    const server = createTestServer();
    const body = { identityId: identityId(server) };
    expect((await attempt(server, "tls-cert", body)).body.message).toBe("Missing TLS certificate in header");
    const sent = { "x-identity-tls-cert-auth-client-cert": "pem" };
    expect((await attempt(server, "tls-cert", body, sent)).body.message).toContain("TLS Certificate auth");
  });

  test("a login by alicloud-auth or oci-auth is checked field by field", async () => {
    const server = createTestServer();
    const alibaba = {
      identityId: identityId(server),
      Action: "GetCallerIdentity",
      Format: "JSON",
      Version: "2015-04-01",
      AccessKeyId: "LTAI",
      SignatureMethod: "HMAC-SHA1",
      Timestamp: "2026-07-01T00:00:00Z",
      SignatureVersion: "1.0",
      SignatureNonce: "n-1",
      Signature: "c2ln",
    };
    expect((await attempt(server, "alicloud", alibaba)).body.message).toContain("Alibaba Cloud auth method");
    const wrong = { ...alibaba, AccessKeyId: "STS.x", Signature: "?" };
    expect((await attempt(server, "alicloud", wrong)).body.message).toEqual([
      { code: "custom", message: "AccessKeyId must be alphanumeric", path: ["AccessKeyId"] },
      { code: "custom", message: "Signature must be base64 characters", path: ["Signature"] },
    ]);
    const oracle = {
      identityId: identityId(server),
      userOcid: "o",
      headers: { authorization: "a", host: "h" },
    };
    expect((await attempt(server, "oci", oracle)).body.message).toEqual([
      {
        code: "custom",
        message: "Either date or x-date must be provided",
        path: ["headers", "headers", "date"],
      },
    ]);
    const dated = { ...oracle, headers: { ...oracle.headers, date: "d" } };
    expect((await attempt(server, "oci", dated)).body.message).toContain("OCI auth method");
  });

  test("a login by a method that there is not has no route", async () => {
    const server = createTestServer();
    const { status, body } = await attempt(server, "token", {});
    expect([status, body.error]).toEqual([404, "Not Found"]);
  });
});

describe("the Authorization header", () => {
  test("the Authorization header is required, and must contain a token of this server", async () => {
    const { server, token } = await startTest();
    const messageFor = async (authorization?: string) => {
      const { status, body } = await call(server, "GET", "/api/v3/secrets/raw", {
        headers: authorization === undefined ? {} : { authorization },
      });
      return `${status} ${body.error}: ${body.message}`;
    };
    expect(await messageFor()).toBe("401 UnauthorizedError: Token missing");
    expect(await messageFor("Bearer ")).toBe("403 TokenError: jwt must be provided");
    expect(await messageFor("Bearer garbage")).toContain(
      "403 TokenError: The provided access token is malformed",
    );
    const [header, content] = token.split(".");
    expect(await messageFor(`Bearer ${header}.${content}.`)).toBe(
      "403 TokenError: jwt signature is required",
    );
    expect(await messageFor(`Bearer ${header}.${content}.AAAA`)).toBe("403 TokenError: invalid signature");
    const foreign = await login(createTestServer());
    expect(await messageFor(`Bearer ${foreign}`)).toBe("403 TokenError: invalid signature");
    expect(await messageFor(`bearer ${token}`)).toContain("400 BadRequest");
  });

  test("an Authorization header that is not valid makes even a login fail", async () => {
    const { server } = await startTest();
    const { status, body } = await call(server, "POST", loginPath, { body: {}, token: "garbage" });
    expect([status, body.error]).toEqual([403, "TokenError"]);
  });
});

describe("the lifetime of a token", () => {
  test("a token expires after its TTL, with a 403 TokenError", async () => {
    const server = serverWith({ accessTokenTTL: 10 });
    const token = await login(server);
    server.clock.advance(9999);
    expect((await list(server, token)).status).toBe(200);
    server.clock.advance(1);
    const { status, body } = await list(server, token);
    expect([status, body.error, body.message]).toEqual([
      403,
      "TokenError",
      "Your token has expired. Please re-authenticate.",
    ]);
    expect((await renew(server, token)).status).toBe(403);
  });

  test("a token is renewed with the same id until its maximum is reached, while the old token stays valid", async () => {
    const server = serverWith({ accessTokenTTL: 10, accessTokenMaxTTL: 15 });
    const token = await login(server);
    server.clock.advance(8000);
    const renewed = await renew(server, token);
    expect(renewed.body).toMatchObject({ expiresIn: 7, accessTokenMaxTTL: 15, tokenType: "Bearer" });
    expect(renewed.body.accessToken).not.toBe(token);
    expect(claims(renewed.body.accessToken)["jti"]).toBe(claims(token)["jti"]);
    expect((await list(server, token)).status).toBe(200);
    server.clock.advance(3000);
    expect((await list(server, token)).status).toBe(403);
    expect((await list(server, renewed.body.accessToken)).status).toBe(200);
    const last = await renew(server, renewed.body.accessToken);
    expect(last.body.expiresIn).toBe(4);
  });

  test("a token cannot be renewed after its maximum is reached", async () => {
    const server = serverWith({ accessTokenTTL: 0, accessTokenMaxTTL: 15 });
    const token = await login(server);
    server.clock.advance(15_000);
    const { status, body } = await renew(server, token);
    expect([status, body.message]).toEqual([403, "Your token has expired. Please re-authenticate."]);
  });

  test("a periodic token can be renewed forever", async () => {
    const server = serverWith({ accessTokenPeriod: 10, accessTokenMaxTTL: 15 });
    let token = await login(server);
    for (let count = 0; count < 5; count += 1) {
      server.clock.advance(9000);
      const { status, body } = await renew(server, token);
      expect([status, body.expiresIn]).toEqual([200, 10]);
      token = body.accessToken;
    }
  });

  test("a token expires after its number of uses, which renewals do not reset", async () => {
    const server = serverWith({ accessTokenNumUsesLimit: 2 });
    const token = await login(server);
    await list(server, token);
    const renewed = (await renew(server, token)).body.accessToken;
    expect((await list(server, renewed)).status).toBe(200);
    const { status, body } = await list(server, renewed);
    expect([status, body.message]).toEqual([401, "Failed to authorize: token usage limit reached"]);
    expect((await renew(server, token)).body.message).toBe("Cannot renew exhausted access token");
  });

  test("revoking a token revokes every renewal of it", async () => {
    const server = serverWith({});
    const token = await login(server);
    const renewed = (await renew(server, token)).body.accessToken;
    const revoked = await call(server, "POST", "/api/v1/auth/token/revoke", {
      body: { accessToken: renewed },
    });
    expect(revoked.body).toEqual({ message: "Successfully revoked access token" });
    for (const ended of [token, renewed]) {
      const { status, body } = await list(server, ended);
      expect([status, body.message]).toEqual([401, "Failed to authorize: token has been revoked"]);
    }
    expect((await renew(server, token)).body.message).toBe("Cannot renew: token has been revoked");
  });

  test("revoking a token again changes nothing, also after its renewal was refused", async () => {
    const server = serverWith({});
    const accessToken = await login(server);
    const revoke = async () =>
      (await call(server, "POST", "/api/v1/auth/token/revoke", { body: { accessToken } })).status;
    expect([await revoke(), (await renew(server, accessToken)).status, await revoke()]).toEqual([
      200, 401, 200,
    ]);
  });

  test("a renewal within the second of the login returns the same token", async () => {
    const server = serverWith({ accessTokenTTL: 10, accessTokenMaxTTL: 10 });
    const token = await login(server);
    const { status, body } = await renew(server, token);
    expect([status, body.accessToken, body.expiresIn]).toEqual([200, token, 10]);
  });

  test("a token lives for 90 days at most, as the status says", async () => {
    const server = serverWith({ accessTokenTTL: 0, accessTokenMaxTTL: 0 });
    const { iat, exp } = claims(await login(server));
    const { body } = await call(server, "GET", "/api/status");
    expect(Number(exp) - Number(iat)).toBe(90 * 86_400);
    expect(body.maxIdentityAccessTokenTTL).toBe(90 * 86_400);
  });

  test("a test can expire and revoke tokens, one by one or all at once", async () => {
    const server = serverWith({});
    const tokens = [await login(server), await login(server), await login(server)] as const;
    const statuses = async () => Promise.all(tokens.map(async (token) => (await list(server, token)).status));
    server.tokens.expire(tokens[0]);
    server.tokens.revoke(tokens[1]);
    expect(await statuses()).toEqual([403, 401, 200]);
    server.tokens.expire();
    expect(await statuses()).toEqual([403, 403, 403]);
    expect((await list(server, await login(server))).status).toBe(200);
    server.tokens.revoke();
    expect(() => server.tokens.expire("nonsense")).toThrow("no such token");
  });

  test("a reset ends every token and keeps the credentials", async () => {
    const server = serverWith({});
    const before = server.identities;
    const token = await login(server);
    server.reset();
    expect((await list(server, token)).status).toBe(403);
    expect(server.identities).toEqual(before);
    expect((await list(server, await login(server))).status).toBe(200);
  });
});

describe("project roles", () => {
  const options: TestServerOptions = {
    identities: (["admin", "member", "viewer", "no-access"] as const)
      .map(
        (role): IdentitySeed => ({
          name: role,
          projectRoles: { "example-project": role },
          universalAuth: {},
        }),
      )
      .concat({ name: "outsider", organizationRole: "no-access", universalAuth: {} }),
  };
  const write = { environment: "dev", secretValue: "v" };

  test.each([
    ["admin", 200, 200],
    ["member", 200, 200],
    ["viewer", 200, 403],
    ["no-access", 403, 403],
    ["outsider", 403, 403],
  ])("the project role %s reads with %i and writes with %i", async (name, reading, writing) => {
    const { server, projectId: workspaceId } = await startTest(options);
    const token = await login(server, name);
    expect((await list(server, token)).status).toBe(reading);
    const body = { ...write, workspaceId };
    const created = await call(server, "POST", "/api/v3/secrets/raw/KEY", { token, body });
    expect(created.status).toBe(writing);
  });

  test("a refusal by a project role says what is not allowed", async () => {
    const { server, projectId: workspaceId } = await startTest(options);
    const refusal = async (name: string) => {
      const token = await login(server, name);
      const body = { ...write, workspaceId };
      return (await call(server, "POST", "/api/v3/secrets/raw/KEY", { token, body })).body;
    };
    expect(await refusal("viewer")).toMatchObject({
      error: "PermissionDenied",
      message: "You are not allowed to create on secrets",
    });
    expect(await refusal("viewer")).toMatchObject({ details: [] });
    expect(await refusal("outsider")).toMatchObject({
      error: "ProjectMembershipNotFound",
      message:
        `You are not a member of this project with ID ${workspaceId}. Please assign this identity to the ` +
        "project with the appropriate permissions, then try again.",
    });
  });

  test("an identity without access to the organization cannot create a project", async () => {
    const { server } = await startTest(options);
    const token = await login(server, "outsider");
    const body = { projectName: "Mine" };
    expect((await call(server, "POST", "/api/v2/workspace", { token, body })).body).toMatchObject({
      statusCode: 403,
      error: "ForbiddenError",
      message: "You don't have permission to create a project",
    });
  });
});
