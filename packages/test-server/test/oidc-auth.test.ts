import { describe, expect, onTestFinished, test } from "vitest";
import { createTestTokenIssuer } from "../src/clouds/index.ts";
import {
  createTestServer,
  type OidcAuthSeed,
  type TestServer,
  type TestServerOptions,
} from "../src/index.ts";
import { call } from "./support/api.ts";
import { claimsOf, loginWith, refusal } from "./support/token-login.ts";

function serverWith(oidcAuth: OidcAuthSeed = {}, options: TestServerOptions = {}): TestServer {
  return createTestServer({
    clock: { frozen: true },
    identities: [{ name: "ci", projectRoles: { "example-project": "admin" }, oidcAuth }],
    ...options,
  });
}

const login = (server: TestServer, jwt: string, fields?: Record<string, string>) =>
  loginWith(server, "oidc-auth", jwt, fields);

/** An issuer on a port, and a server that finds it there. */
async function withIssuer(seed: OidcAuthSeed = {}) {
  const issuer = createTestTokenIssuer({ clock: { frozen: true } });
  onTestFinished(() => issuer.close());
  const { oidcDiscoveryUrl } = await issuer.listen();
  const server = serverWith({ oidcDiscoveryUrl, ...seed });
  return { issuer, server, oidcDiscoveryUrl };
}

/** Of the tests that change nothing. */
const shared = serverWith();

const discovery = "/.well-known/openid-configuration";
const jwks = "/.well-known/jwks.json";

describe("OIDC Auth with the server's own issuer", () => {
  test("a token of the issuer logs in, and its access token works", async () => {
    const server = serverWith({ accessTokenTTL: 60, accessTokenMaxTTL: 600 });
    const { status, body } = await login(server, await server.tokenIssuer.issueToken());
    expect(status).toBe(200);
    expect(body).toMatchObject({ expiresIn: 60, accessTokenMaxTTL: 600, tokenType: "Bearer" });
    expect(claimsOf(body.accessToken)).toMatchObject({
      authMethod: "oidc-auth",
      identityAuth: { oidc: { claims: {} } },
    });
    const list = await call(server, "GET", "/api/v3/secrets/raw", {
      token: body.accessToken,
      query: { workspaceId: server.projectId(), environment: "dev" },
    });
    expect(list.status).toBe(200);
  });

  test("the server serves the discovery document and the JWKS of its issuer", async () => {
    const server = serverWith();
    const { body } = await call(server, "GET", discovery);
    expect(body).toMatchObject({ issuer: "https://issuer.test", jwks_uri: `https://issuer.test${jwks}` });
    expect((await call(server, "GET", jwks)).body).toEqual(await server.tokenIssuer.jwks());
  });

  test("another program finds the keys of the issuer on the server's port", async () => {
    const server = serverWith();
    onTestFinished(() => server.close());
    const { siteUrl } = await server.listen();
    const other = serverWith({ oidcDiscoveryUrl: siteUrl });
    expect((await login(other, await server.tokenIssuer.issueToken())).status).toBe(200);
  });

  test("a token without a key id is verified by every key", async () => {
    const server = serverWith();
    const token = await server.tokenIssuer.issueToken({}, { keyId: null, algorithm: "ES256" });
    expect((await login(server, token)).status).toBe(200);
    const wrong = await server.tokenIssuer.issueToken({}, { keyId: null, shape: "wrong-signature" });
    expect((await login(server, wrong)).message).toMatch(
      /^Access denied: Unable to verify JWT signature with any available signing key\. invalid/,
    );
  });

  test("the keys of the issuer outlive a reset", async () => {
    const server = serverWith();
    const token = await server.tokenIssuer.issueToken();
    server.reset();
    expect((await login(server, token)).status).toBe(200);
  });

  test.each([
    ["that is not a JWT", { shape: "not-a-jwt" }, "Invalid JWT"],
    ["that has expired", { expiresIn: 0 }, "Access denied: jwt expired"],
    ["that is not valid yet", { notBefore: 1 }, "Access denied: jwt not active"],
    ["that another key has signed", { shape: "wrong-signature" }, "Access denied: invalid signature"],
    ["without a signature", { shape: "no-signature" }, "Access denied: jwt signature is required"],
    ["without an algorithm", { shape: "no-algorithm" }, "Access denied: invalid algorithm"],
    [
      "of an unknown key",
      { keyId: "k1" },
      "Access denied: Unable to verify JWT signature. The signing key 'k1' was not found in the OIDC provider's JWKS endpoint. This may indicate an invalid token or misconfigured OIDC provider.",
    ],
  ] as const)("a token %s is refused", async (_, options, message) => {
    const token = await shared.tokenIssuer.issueToken({}, options);
    expect(await login(shared, token)).toEqual(refusal(401, message));
  });

  test("a token expires by the server's clock", async () => {
    const server = serverWith();
    const token = await server.tokenIssuer.issueToken({}, { expiresIn: 60 });
    server.clock.advance(59_999);
    expect((await login(server, token)).status).toBe(200);
    server.clock.advance(1);
    expect(await login(server, token)).toEqual(refusal(401, "Access denied: jwt expired"));
  });

  test("a token of before a rotation is refused", async () => {
    const server = serverWith();
    const token = await server.tokenIssuer.issueToken();
    await server.tokenIssuer.rotateKeys();
    expect((await login(server, token)).message).toContain("was not found in the OIDC provider's JWKS");
    expect((await login(server, await server.tokenIssuer.issueToken())).status).toBe(200);
  });

  test("the issuer must be the bound one exactly", async () => {
    const server = serverWith({ boundIssuer: "https://issuer.test/" });
    expect(await login(server, await server.tokenIssuer.issueToken())).toEqual(
      refusal(401, "Access denied: jwt issuer invalid. expected: https://issuer.test/"),
    );
    const token = await server.tokenIssuer.issueToken({ iss: "https://issuer.test/" });
    expect((await login(server, token)).status).toBe(200);
  });

  const subject = refusal(403, "Access denied: OIDC subject not allowed.");
  const audience = refusal(401, "Access denied: OIDC audience not allowed.");
  const claim = refusal(401, "Access denied: OIDC claim not allowed.");
  const missing = (path: string) => refusal(401, `Access denied: token has no ${path} field`);
  const accepted = { status: 200 };

  const cases: readonly (readonly [OidcAuthSeed, Record<string, unknown>, object])[] = [
    [{ boundSubject: "repo:o/r:ref" }, { sub: "repo:o/r:ref" }, accepted],
    [{ boundSubject: "repo:o/r:*" }, { sub: "repo:o/r:main" }, accepted],
    [{ boundSubject: "repo:o/r:*" }, { sub: "repo:o/r:refs/heads/main" }, subject],
    [{ boundSubject: "repo:o/r:*/**" }, { sub: "repo:o/r:refs/heads/main" }, accepted],
    [{ boundSubject: "repo:o/r" }, { sub: "repo:o/other" }, subject],
    [{ boundAudiences: ["a", "b"] }, { aud: "b" }, accepted],
    [{ boundAudiences: ["https://*"] }, { aud: ["x", "https://b"] }, accepted],
    [{ boundAudiences: ["a"] }, { aud: ["b", "c"] }, audience],
    [{ boundAudiences: ["a"] }, { aud: "b" }, audience],
    [{ boundClaims: { ref: "main, release/*" } }, { ref: "release/1" }, accepted],
    [{ boundClaims: { ref: "main,topic" } }, { ref: "topic" }, claim],
    [{ boundClaims: { "job.ref": "main" } }, { job: { ref: "main" } }, accepted],
    [{ boundClaims: { "job.ref": "main" } }, { "job.ref": "main" }, missing("job.ref")],
    [{ boundClaims: { teams: "b" } }, { teams: ["a", "b"] }, accepted],
    [{ boundClaims: { run: "7" } }, { run: 7 }, accepted],
    [{ boundClaims: { run: "8" } }, { run: 7 }, claim],
    [{ boundClaims: { protected: "true" } }, { protected: true }, accepted],
    [{ boundClaims: { protected: "false" } }, { protected: false }, missing("protected")],
    [{ boundClaims: { run: "0" } }, { run: 0 }, missing("run")],
    [{ boundClaims: { ref: "main" } }, {}, missing("ref")],
    [{ boundClaims: { job: "main" } }, { job: { ref: "main" } }, missing("job")],
    [{ claimMetadataMapping: { team: "job.team" } }, { job: { team: "a" } }, accepted],
    [{ claimMetadataMapping: { team: "job.team" } }, {}, missing("job.team")],
  ];
  const identities = cases.map(([oidcAuth], index) => ({ name: `case ${index}`, oidcAuth }));
  const server = createTestServer({ clock: { frozen: true }, identities });

  test.each(cases.map((one, index) => [...one, index] as const))(
    "the configuration %j is compared with the claims %j",
    async (_, claims, expected, index) => {
      const { identityId = "" } = server.identities[index] ?? {};
      const token = await server.tokenIssuer.issueToken(claims);
      expect(await login(server, token, { identityId })).toMatchObject(expected);
    },
  );

  test("a token without the bound subject or audience makes the server fail, as the real one does", async () => {
    for (const seed of [{ boundSubject: "a" }, { boundAudiences: ["a"] }]) {
      const server = serverWith(seed);
      const token = await server.tokenIssuer.issueToken({ sub: undefined });
      expect(await login(server, token)).toEqual(refusal(500, "Something went wrong"));
    }
  });

  test("mapped claims are put into the access token as texts, and survive a renewal", async () => {
    const server = serverWith({ claimMetadataMapping: { team: "job.team", run: "run", tags: "tags" } });
    const jwt = await server.tokenIssuer.issueToken({ job: { team: "a" }, run: 7, tags: ["x", "y"] });
    const { accessToken } = (await login(server, jwt)).body;
    const identityAuth = { oidc: { claims: { team: "a", run: "7", tags: "x,y" } } };
    expect(claimsOf(accessToken).identityAuth).toEqual(identityAuth);
    server.clock.advance(1000);
    const renewed = await call(server, "POST", "/api/v1/auth/token/renew", { body: { accessToken } });
    expect(claimsOf(renewed.body.accessToken).identityAuth).toEqual(identityAuth);
  });
});

describe("OIDC Auth with an issuer elsewhere", () => {
  test("the issuer's keys are fetched at every login", async () => {
    const { issuer, server, oidcDiscoveryUrl } = await withIssuer();
    expect(issuer.issuer).toBe(oidcDiscoveryUrl);
    expect((await login(server, await issuer.issueToken())).status).toBe(200);
    await issuer.rotateKeys();
    expect((await login(server, await issuer.issueToken())).status).toBe(200);
    expect(issuer.requests.map(({ path }) => path)).toEqual([discovery, jwks, discovery, jwks]);
    expect((await login(server, await server.tokenIssuer.issueToken())).status).toBe(401);
  });

  test.each([
    [{ status: 503 }, "Request failed with status code 503"],
    [{ drop: "before" }, "other side closed"],
  ] as const)("a discovery document that fails with %j is named", async (failure, reason) => {
    const { issuer, server, oidcDiscoveryUrl } = await withIssuer();
    issuer.fail({ path: discovery }, failure);
    expect(await login(server, await issuer.issueToken())).toEqual(
      refusal(
        401,
        `Access denied: Failed to fetch OIDC discovery document from ${oidcDiscoveryUrl}. ${reason}`,
      ),
    );
  });

  test("a discovery document that does not come within ten seconds is given up", async () => {
    const { issuer, server, oidcDiscoveryUrl } = await withIssuer();
    issuer.fail({ path: discovery }, { stall: "headers" });
    const answer = login(server, await issuer.issueToken());
    await expect.poll(() => issuer.requests.length).toBe(1);
    server.clock.advance(10_000);
    expect(await answer).toEqual(
      refusal(
        401,
        `Access denied: Failed to fetch OIDC discovery document from ${oidcDiscoveryUrl}. timeout of 10000ms exceeded`,
      ),
    );
  });

  test.each([[{ status: 200, body: { issuer: "https://issuer.test" } }], [{ garbage: true }]] as const)(
    "a discovery document without the address of the keys is refused: %j",
    async (failure) => {
      const { issuer, server } = await withIssuer();
      issuer.fail({ path: discovery }, failure);
      expect(await login(server, await issuer.issueToken())).toEqual(
        refusal(
          401,
          "Access denied: OIDC discovery document does not contain a jwks_uri. The identity provider may be misconfigured.",
        ),
      );
    },
  );

  test.each([
    [{ status: 503, body: { message: "maintenance" } }, "maintenance"],
    [{ status: 200, body: { keys: [] } }, "The JWKS endpoint did not contain any keys"],
    [
      { status: 200, body: { keys: [{ kty: "RSA", use: "enc" }] } },
      "The JWKS endpoint did not contain any signing keys",
    ],
  ] as const)("a JWKS that fails with %j is named", async (failure, reason) => {
    const { issuer, server } = await withIssuer();
    issuer.fail({ path: jwks }, failure);
    expect(await login(server, await issuer.issueToken())).toEqual(
      refusal(401, `Access denied: Failed to retrieve signing key from OIDC provider: ${reason}`),
    );
    issuer.fail({ path: jwks }, failure);
    expect(await login(server, await issuer.issueToken({}, { keyId: null }))).toEqual(
      refusal(401, `Access denied: Failed to retrieve signing keys from OIDC provider: ${reason}`),
    );
  });

  test("a token without a key id is refused if the issuer has more than ten keys", async () => {
    const { issuer, server } = await withIssuer();
    const [key] = (await issuer.jwks()).keys;
    const body = (count: number) => ({ keys: Array.from({ length: count }, () => key) });
    const token = await issuer.issueToken({}, { keyId: null });
    issuer.fail({ path: jwks }, { status: 200, body: body(10) });
    expect((await login(server, token)).status).toBe(200);
    issuer.fail({ path: jwks }, { status: 200, body: body(11) });
    expect(await login(server, token)).toEqual(
      refusal(
        401,
        "Access denied: OIDC provider has 11 signing keys. Tokens must include 'kid' header when provider has more than 10 keys.",
      ),
    );
  });

  test.each([
    "http://localhost:1",
    "http://127.0.0.1:1",
    "http://10.1.2.3",
    "http://172.16.0.1",
    "http://192.168.0.1",
    "http://169.254.169.254",
    "http://[::1]:1",
    "http://[fd00::1]",
    "http://[::ffff:10.0.0.1]",
  ])("the private address %s is refused by a server that does not allow it", async (oidcDiscoveryUrl) => {
    const server = serverWith({ oidcDiscoveryUrl }, { allowInternalIpConnections: false });
    const token = await server.tokenIssuer.issueToken();
    expect(await login(server, token)).toEqual(refusal(400, "Local IPs not allowed as URL"));
  });
});

describe("the errors of a login", () => {
  test("an identity without OIDC Auth and an unknown one are not found", async () => {
    const server = createTestServer();
    const message = "OIDC auth method not found for identity, did you configure OIDC auth?";
    expect(await login(server, "jwt")).toEqual(refusal(404, message));
    const identityId = "00000000-0000-4000-8000-000000000000";
    expect(await login(server, "jwt", { identityId })).toEqual(refusal(404, message));
  });

  test("a deleted identity is not found, before its proof is checked", async () => {
    const server = createTestServer({ identities: [{ name: "ci", isDeleted: true, oidcAuth: {} }] });
    expect(await login(server, "jwt")).toEqual(refusal(401, "Identity not found"));
  });

  test("an organization is looked up after the proof is checked", async () => {
    const server = serverWith();
    const organizationSlug = "other";
    expect(await login(server, "jwt", { organizationSlug })).toEqual(refusal(401, "Invalid JWT"));
    const token = await server.tokenIssuer.issueToken();
    expect(await login(server, ` ${token}\n`, { organizationSlug })).toEqual(
      refusal(404, "Sub organization with slug other not found"),
    );
    expect((await login(server, token, { organizationSlug: "test-organization" })).status).toBe(200);
    expect((await login(server, token, { organizationSlug: "" })).status).toBe(422);
  });

  test("a form is accepted, and a body without a field is not", async () => {
    const server = serverWith();
    const form = new URLSearchParams({
      identityId: server.identities[0]?.identityId ?? "",
      jwt: await server.tokenIssuer.issueToken(),
    });
    const url = "/api/v1/auth/oidc-auth/login";
    expect((await server.fetch(url, { method: "POST", body: form })).status).toBe(200);
    const { status, body } = await call(server, "POST", url, { body: {} });
    expect([status, body.error]).toEqual([422, "ValidationFailure"]);
  });
});
