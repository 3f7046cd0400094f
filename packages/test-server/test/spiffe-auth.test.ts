import { generateKeyPairSync, sign } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { createTestTokenIssuer, type IssueTokenOptions } from "../src/clouds/index.ts";
import { createTestServer, type SpiffeAuthSeed, type TestServer } from "../src/index.ts";
import { claimsOf, loginWith, refusal } from "./support/token-login.ts";

const base = {
  trustDomain: "example.org",
  allowedSpiffeIds: ["spiffe://example.org/shop/*"],
  allowedAudiences: ["infisical"],
};

function serverWith(spiffeAuth: Partial<SpiffeAuthSeed> = {}, allowInternalIpConnections = true): TestServer {
  const identities = [{ name: "workload", spiffeAuth: { ...base, ...spiffeAuth } }];
  return createTestServer({ clock: { frozen: true }, identities, allowInternalIpConnections });
}

const svid = { sub: "spiffe://example.org/shop/api", aud: ["infisical"] };
const login = (server: TestServer, jwt: string) => loginWith(server, "spiffe-auth", jwt);

/** Of the tests that change nothing. */
const shared = serverWith();

async function loginAs(server: TestServer, claims: object = {}, options?: IssueTokenOptions) {
  return login(server, await server.tokenIssuer.issueToken({ ...svid, ...claims }, options));
}

test("a JWT-SVID of the trust domain logs in", async () => {
  const { status, body } = await loginAs(serverWith({ accessTokenTTL: 60 }));
  expect(status).toBe(200);
  expect(body.expiresIn).toBe(60);
  expect(claimsOf(body.accessToken).authMethod).toBe("spiffe-auth");
});

test.each<[object, IssueTokenOptions, string]>([
  [{}, { expiresIn: -1 }, "JWT-SVID has expired"],
  [{}, { shape: "wrong-signature" }, "JWT-SVID signature verification failed"],
  [{ aud: "other" }, {}, "JWT-SVID audience validation failed"],
  [{ aud: undefined }, {}, "JWT-SVID audience validation failed"],
  [{}, { notBefore: 1 }, "JWT-SVID audience validation failed"],
  [{}, { keyId: "other" }, "JWT-SVID verification failed"],
  [{}, { shape: "not-a-jwt" }, "JWT-SVID verification failed"],
  [{}, { shape: "no-algorithm" }, "JWT-SVID verification failed"],
  [{ sub: undefined }, {}, "Access denied"],
  [{ sub: "job" }, {}, "Access denied"],
  [{ sub: "spiffe://example.com/shop/api" }, {}, "Access denied"],
  [{ sub: "spiffe://example.org/web/api" }, {}, "Access denied"],
  [{ sub: "spiffe://example.org/shop/api/v2" }, {}, "Access denied"],
])("a JWT-SVID with %j, issued with %j, is refused", async (claims, options, message) => {
  expect(await loginAs(shared, claims, options)).toEqual(refusal(401, message));
});

test("a glob of SPIFFE IDs stands for one segment, or with two asterisks for many", async () => {
  const sub = "spiffe://example.org/shop/api/v2";
  const patterns = ["spiffe://example.org/web/*", "spiffe://example.org/shop/**"];
  expect((await loginAs(serverWith({ allowedSpiffeIds: patterns }), { sub })).status).toBe(200);
  expect((await loginAs(serverWith({ allowedSpiffeIds: [sub] }), { sub })).status).toBe(200);
});

test("a SPIFFE ID of another trust domain is refused, even if a glob matches it", async () => {
  const server = serverWith({ allowedSpiffeIds: ["spiffe://*/shop/*"] });
  expect((await loginAs(server)).status).toBe(200);
  expect(await loginAs(server, { sub: "spiffe://example.com/shop/api" })).toEqual(
    refusal(401, "Access denied"),
  );
});

test("the key of a JWT-SVID is RSA or on a curve of NIST, and EdDSA is refused", async () => {
  const pairs = [
    ["RS512", generateKeyPairSync("rsa", { modulusLength: 2048 }), "sha512"],
    ["ES384", generateKeyPairSync("ec", { namedCurve: "P-384" }), "sha384"],
    ["EdDSA", generateKeyPairSync("ed25519"), undefined],
  ] as const;
  const outcomes = [];
  for (const [alg, { privateKey, publicKey }, hash] of pairs) {
    const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k" }] };
    const parts = [{ alg, kid: "k" }, svid].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    const data = Buffer.from(parts.join("."));
    const signature = sign(hash, data, { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
    outcomes.push((await login(serverWith({ jwks }), `${data}.${signature}`)).message ?? "accepted");
  }
  expect(outcomes).toEqual(["accepted", "accepted", "JWT-SVID verification failed"]);
});

test("after a rotation of its keys, logins fail until the refresh hint has run out", async () => {
  const server = serverWith({ refreshHintSeconds: 60 });
  expect((await loginAs(server)).status).toBe(200);
  await server.tokenIssuer.rotateKeys();
  server.clock.advance(59_999);
  expect(await loginAs(server)).toEqual(refusal(401, "JWT-SVID verification failed"));
  server.clock.advance(1);
  expect((await loginAs(server)).status).toBe(200);
});

test("a trust bundle is fetched from its address once an hour", async () => {
  const issuer = createTestTokenIssuer({ clock: { frozen: true } });
  onTestFinished(() => issuer.close());
  const { jwksUrl } = await issuer.listen();
  const server = serverWith({ bundleEndpointUrl: jwksUrl });
  const attempt = async () => login(server, await issuer.issueToken(svid, { expiresIn: 86_400 }));
  issuer.fail({}, { status: 503 });
  expect(await attempt()).toEqual(
    refusal(
      400,
      "Failed to fetch SPIFFE trust bundle from remote endpoint: Request failed with status code 503",
    ),
  );
  expect((await attempt()).status).toBe(200);
  expect((await attempt()).status).toBe(200);
  expect(issuer.requests.length).toBe(2);
  server.clock.advance(3_600_000);
  expect((await attempt()).status).toBe(200);
  expect(issuer.requests.length).toBe(3);
});

test("a private address of a trust bundle is refused if the server does not allow it", async () => {
  const server = serverWith({ bundleEndpointUrl: "http://192.168.1.1/bundle" }, false);
  expect(await loginAs(server)).toEqual(refusal(400, "Local IPs not allowed as URL"));
});

test("an identity without SPIFFE Auth is not found, nor is a deleted one", async () => {
  expect(await login(createTestServer(), "jwt")).toEqual(
    refusal(404, "SPIFFE auth method not found for identity, did you configure SPIFFE auth?"),
  );
  const identities = [{ name: "workload", isDeleted: true, spiffeAuth: base }];
  expect(await login(createTestServer({ identities }), "jwt")).toEqual(refusal(401, "Identity not found"));
});
