import type { Clock, TokenSource } from "@infisical/core";
import type {
  IdentitySeed,
  JwtAuthSeed,
  OidcAuthSeed,
  SpiffeAuthSeed,
  TestServer,
} from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { jwtAuth, oidcAuth, spiffeAuth } from "../src/index.ts";

const subject = "repo:acme/shop:environment:production";

/** A server with one identity that has the methods, and a way to log in there with a token of its own issuer. */
async function startWith(
  methods: Partial<IdentitySeed>,
  options: { allowInternalIpConnections?: boolean } = {},
) {
  const { server, connect } = await start({
    server: {
      ...options,
      identities: [
        { name: "ci", projectRoles: { "example-project": "viewer" }, ...methods },
        { name: "other", universalAuth: {} },
        { name: "gone", ...methods, isDeleted: true },
      ],
    },
  });
  const logIn = (
    create: typeof oidcAuth,
    token: string | TokenSource,
    { identity = 0, clock, ...others }: { identity?: number; clock?: Clock; organizationSlug?: string } = {},
  ) => {
    const identityId = server.identities[identity]?.identityId ?? "";
    const client = connect({ auth: create({ identityId, token, ...others }), ...(clock && { clock }) });
    return client.auth().login();
  };
  return { server, connect, logIn };
}

const issue = ({ tokenIssuer }: TestServer, claims = {}) =>
  tokenIssuer.issueToken({ sub: subject, aud: "infisical", ...claims });

const described = `The token: issuer https://issuer.test, subject ${subject}, audience infisical, key `;

describe("OIDC Auth", () => {
  test.each<[string, OidcAuthSeed, object, number, string]>([
    [
      "an issuer with a slash too many",
      { boundIssuer: "https://issuer.test/" },
      {},
      401,
      "The issuer of the OIDC Auth must be the token's, character by character.",
    ],
    [
      "a subject that stops at a slash",
      { boundSubject: "repo:*" },
      {},
      403,
      "OIDC subject not allowed. The subject of the OIDC Auth must match the token's; `*` stops at a slash, as in `repo:acme/**`.",
    ],
    [
      "another audience",
      { boundAudiences: ["https://github.com/acme"] },
      {},
      401,
      "OIDC audience not allowed. The audiences of the OIDC Auth must include the token's, which the token source can choose.",
    ],
    [
      "another claim",
      { boundClaims: { ref: "refs/heads/main" } },
      { ref: "refs/heads/dev" },
      401,
      "OIDC claim not allowed. The claims of the OIDC Auth must match the token's; false and 0 count as missing.",
    ],
    [
      "a claim that is false",
      { boundClaims: { protected: "false" } },
      { protected: false },
      401,
      "token has no protected field. The claims of the OIDC Auth must match the token's; false and 0 count as missing.",
    ],
    [
      "a claim for the access token that is missing",
      { claimMetadataMapping: { branch: "ref" } },
      {},
      401,
      "The claims of the OIDC Auth must match the token's; false and 0 count as missing.",
    ],
  ])("says what to check for %s", async (_, seed, claims, statusCode, advice) => {
    const { server, logIn } = await startWith({ oidcAuth: seed });
    const error = await failureOf(logIn(oidcAuth, await issue(server, claims)));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode });
    expect(error.message).toContain(`${advice} ${described}`);
  });

  test("says that the server cannot fetch the discovery document", async () => {
    const { server, logIn } = await startWith({ oidcAuth: { oidcDiscoveryUrl: "http://127.0.0.1:9/ci" } });
    const error = await failureOf(logIn(oidcAuth, await issue(server)));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain("The server fetches it: check the discovery URL");
  });

  test("says that a private address needs a setting of the server", async () => {
    const seed = { oidcAuth: { oidcDiscoveryUrl: "http://10.0.0.1/ci" } };
    const { server, logIn } = await startWith(seed, { allowInternalIpConnections: false });
    const error = await failureOf(logIn(oidcAuth, await issue(server)));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 400 });
    expect(error.message).toContain(
      "A self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true for a private address.",
    );
  });

  test("says that the keys were replaced, or are another issuer's", async () => {
    const { server, logIn } = await startWith({ oidcAuth: {} });
    const old = await issue(server);
    await server.tokenIssuer.rotateKeys();
    const unknownKey = await failureOf(logIn(oidcAuth, old));
    expect(unknownKey).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(unknownKey.message).toContain("The discovery URL leads to other keys: is it the issuer's?");
    const forged = await server.tokenIssuer.issueToken({}, { shape: "wrong-signature" });
    const wrongSignature = await failureOf(logIn(oidcAuth, forged));
    expect(wrongSignature.message).toContain("invalid signature. The discovery URL leads to other keys");
  });

  test("says that what was sent is not a JWT", async () => {
    const { logIn } = await startWith({ oidcAuth: {} });
    const error = await failureOf(logIn(oidcAuth, () => "not-a-jwt"));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain("Invalid JWT. The token source returned something else than a JWT.");
  });

  test("says that a token expired on the way", async () => {
    const { server, logIn } = await startWith({ oidcAuth: {} });
    const iat = Math.floor(server.clock.now() / 1000) - 300;
    const token = await server.tokenIssuer.issueToken({ iat, nbf: iat }, { expiresIn: -1 });
    // A client whose clock is behind sends it.
    const clock: Clock = { now: () => server.clock.now() - 60_000, sleep: async () => undefined };
    const error = await failureOf(logIn(oidcAuth, () => token, { clock }));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain(
      "jwt expired. It expired on the way: pass a token source, which is called at every login.",
    );
  });

  test("says that the method, the identity or the organization is missing", async () => {
    const { server, logIn } = await startWith({ oidcAuth: {} });
    const token = await issue(server);
    const without = await failureOf(logIn(oidcAuth, token, { identity: 1 }));
    expect(without).toMatchObject({ code: "AUTH_FAILED", statusCode: 404 });
    expect(without.message).toContain(
      "did you configure OIDC auth?. Check the identity's id, and that OIDC Auth is among its auth methods.",
    );
    const wrongMethod = await failureOf(logIn(jwtAuth, token));
    expect(wrongMethod.message).toContain("and that JWT Auth is among its auth methods.");
    const gone = await failureOf(logIn(oidcAuth, token, { identity: 2 }));
    expect(gone).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(gone.message).toContain(
      "Identity not found. The identity was deleted, and only its auth method is left.",
    );
    const organization = await failureOf(logIn(oidcAuth, token, { organizationSlug: "acme" }));
    expect(organization).toMatchObject({ code: "AUTH_FAILED", statusCode: 404 });
    expect(organization.message).toContain("The proof was accepted: check organizationSlug.");
  });
});

describe("JWT Auth", () => {
  test.each<[string, Partial<JwtAuthSeed>, number, string]>([
    [
      "another issuer",
      { boundIssuer: "https://other.test" },
      403,
      "The issuer of the JWT Auth must be the token's",
    ],
    [
      "another subject",
      { boundSubject: "repo:other/**" },
      403,
      "The subject of the JWT Auth must match the token's",
    ],
    [
      "another audience",
      { boundAudiences: ["vault"] },
      401,
      "The audiences of the JWT Auth must include the token's.",
    ],
    [
      "a missing claim",
      { boundClaims: { ref: "main" } },
      401,
      "The claims of the JWT Auth must match the token's",
    ],
    [
      "an address of keys that cannot be reached",
      { jwksUrl: "http://127.0.0.1:9/keys" },
      500,
      "Servers say so too if the JWKS URL cannot be reached, or lacks the token's key.",
    ],
  ])("says what to check for %s", async (_, seed, statusCode, advice) => {
    const { server, logIn } = await startWith({ jwtAuth: seed as JwtAuthSeed });
    const error = await failureOf(logIn(jwtAuth, await issue(server)));
    expect(error).toMatchObject({ code: statusCode === 500 ? "SERVER_ERROR" : "AUTH_FAILED", statusCode });
    expect(error.message).toContain(advice);
    expect(error.message).toContain(described);
  });

  test("says that no key of the identity has signed the token", async () => {
    const { server, logIn } = await startWith({});
    const publicKeys = await server.tokenIssuer.publicKeys();
    const { logIn: withKeys, server: other } = await startWith({ jwtAuth: { publicKeys } });
    expect(logIn).toBeTypeOf("function");
    await other.tokenIssuer.rotateKeys();
    const error = await failureOf(withKeys(jwtAuth, await issue(other)));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain(
      "It must be signed with a key of the JWT Auth: check its public keys, or its JWKS URL.",
    );
  });
});

describe("SPIFFE Auth", () => {
  const seed: SpiffeAuthSeed = {
    trustDomain: "example.org",
    allowedSpiffeIds: ["spiffe://example.org/shop/*"],
    allowedAudiences: ["infisical"],
  };
  const id = "spiffe://example.org/shop/api";

  test("logs in with a JWT-SVID", async () => {
    const { server, logIn } = await startWith({ spiffeAuth: seed });
    await logIn(spiffeAuth, await issue(server, { sub: id }));
  });

  test.each<[string, object, string]>([
    [
      "another SPIFFE ID",
      { sub: "spiffe://example.org/shop/api/v2" },
      "Its SPIFFE ID must be of the trust domain and match",
    ],
    [
      "another trust domain",
      { sub: "spiffe://other.org/shop/api" },
      "Its SPIFFE ID must be of the trust domain and match",
    ],
    ["another audience", { sub: id, aud: "vault" }, "It must be issued for an audience of the SPIFFE Auth."],
  ])("says what to check for %s", async (_, claims, advice) => {
    const { server, logIn } = await startWith({ spiffeAuth: seed });
    const error = await failureOf(logIn(spiffeAuth, await issue(server, claims)));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain(advice);
  });

  test("says that servers keep an old trust bundle after a rotation", async () => {
    const { server, logIn } = await startWith({ spiffeAuth: seed });
    await logIn(spiffeAuth, await issue(server, { sub: id }));
    await server.tokenIssuer.rotateKeys();
    const error = await failureOf(logIn(spiffeAuth, await issue(server, { sub: id })));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain(
      "After a rotation, servers keep the old bundle until its refresh hint is over",
    );
  });
});

test("no refusal shows the token, even if the server repeats it", async () => {
  const { server, logIn } = await startWith({ oidcAuth: {} });
  const token = await issue(server, { sub: "someone" });
  for (const statusCode of [400, 401, 403, 500]) {
    const body = {
      reqId: "req-1",
      statusCode,
      error: "UnauthorizedError",
      message: `jwt issuer invalid: ${token}`,
    };
    server.fail({ path: "/api/v1/auth/oidc-auth/login" }, { status: statusCode, body });
    const error = await failureOf(logIn(oidcAuth, token));
    expect(error.message).toContain("jwt issuer invalid: [redacted]");
    expect(error.message).toContain("subject someone");
    expect(printed(error)).not.toContain(token);
    expect(printed(error)).not.toContain(token.split(".")[2]);
  }
});
