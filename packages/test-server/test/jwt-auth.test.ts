import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createTestServer, type JwtAuthSeed, type TestServer } from "../src/index.ts";
import { call } from "./support/api.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
const hour = 3600;
const now = Date.UTC(2026, 0, 1) / 1000;
const claims = { iss: "ci", sub: "job:deploy", aud: "infisical", iat: now, exp: now + hour };

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function jwt(
  content: unknown,
  { key = privateKey, alg = "RS256" }: { key?: KeyObject; alg?: string } = {},
): string {
  const signed = `${encode({ alg, typ: "JWT" })}.${encode(content)}`;
  const hash = alg === "EdDSA" ? undefined : "sha256";
  const signature = sign(hash, Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

function serverWith(jwtAuth: Partial<JwtAuthSeed> = {}): TestServer {
  return createTestServer({
    clock: { frozen: true },
    identities: [
      {
        name: "ci",
        projectRoles: { "example-project": "admin" },
        jwtAuth: { publicKeys: [pem], ...jwtAuth },
      },
      { name: "other", universalAuth: {} },
    ],
  });
}

async function login(server: TestServer, token: string, identity = 0) {
  const { identityId } = server.identities[identity] ?? {};
  const { status, body } = await call(server, "POST", "/api/v1/auth/jwt-auth/login", {
    body: { identityId, jwt: token },
  });
  return { status, body };
}

describe("JWT Auth", () => {
  test("JWT Auth returns an access token for a JWT signed with one of the keys", async () => {
    const server = serverWith({ accessTokenTTL: 60, accessTokenMaxTTL: 600 });
    const { status, body } = await login(server, jwt(claims));
    expect(status).toBe(200);
    expect(body).toMatchObject({ expiresIn: 60, accessTokenMaxTTL: 600, tokenType: "Bearer" });
    const list = await call(server, "GET", "/api/v3/secrets/raw", {
      token: body.accessToken,
      query: { workspaceId: server.projects[0]?.id ?? "", environment: "dev" },
    });
    expect(list.status).toBe(200);
  });

  test.each([
    ["ec", "ES256"],
    ["ed25519", "EdDSA"],
  ])("JWT Auth accepts %s keys", async (type, alg) => {
    const pair =
      type === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
    const second = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
    const server = serverWith({ publicKeys: [pem, second] });
    expect((await login(server, jwt(claims, { key: pair.privateKey, alg }))).status).toBe(200);
  });

  test.each([
    ["garbage", "nonsense", "Invalid JWT"],
    [
      "another key",
      jwt(claims, { key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey }),
      "invalid signature",
    ],
    [
      "a changed claim",
      jwt(claims).replace(/\.[^.]+\./, `.${encode({ ...claims, sub: "job:admin" })}.`),
      "invalid signature",
    ],
    ["no algorithm", `${encode({ alg: "none" })}.${encode(claims)}.c2ln`, "invalid algorithm"],
    ["no signature", `${encode({ alg: "none" })}.${encode(claims)}.`, "jwt signature is required"],
    [
      "the algorithm of another kind of key",
      jwt(claims, { key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey, alg: "ES256" }),
      "invalid algorithm",
    ],
    ["an expired time", jwt({ ...claims, exp: now }), "jwt expired"],
    ["a future start", jwt({ ...claims, nbf: now + 1 }), "jwt not active"],
  ])("JWT Auth refuses a JWT with %s", async (_, token, reason) => {
    const { status, body } = await login(serverWith(), token);
    expect({ status, error: body.error }).toEqual({ status: 401, error: "UnauthorizedError" });
    expect(body.message).toContain(reason);
  });

  test("JWT Auth refuses a JWT after its expiry by the server's clock", async () => {
    const server = serverWith();
    const token = jwt(claims);
    server.clock.advance(hour * 1000);
    expect((await login(server, token)).body.message).toContain("jwt expired");
  });

  test.each([
    [{ boundIssuer: "ci" }, { iss: "elsewhere" }, 403, "Access denied: issuer mismatch"],
    [{ boundSubject: "job:*" }, { sub: "user:me" }, 403, "Access denied: subject not allowed"],
    [{ boundSubject: "job:*" }, { sub: undefined }, 401, "Access denied: token has no subject field"],
    [
      { boundAudiences: ["infisical"] },
      { aud: ["a", "b"] },
      401,
      "Access denied: token audience not allowed",
    ],
    [
      { boundAudiences: ["infisical"] },
      { aud: undefined },
      401,
      "Access denied: token has no audience field",
    ],
    [
      { boundClaims: { "job.ref": "main, release/*" } },
      { job: { ref: "topic" } },
      401,
      "Access denied: claim mismatch for field job.ref",
    ],
    [{ boundClaims: { "job.ref": "main" } }, {}, 401, "Access denied: token has no job.ref field"],
  ] as const)("JWT Auth requires %j", async (bound, changes, status, message) => {
    const refused = await login(serverWith(bound), jwt({ ...claims, ...changes }));
    expect(refused).toMatchObject({ status, body: { message } });
    const right = { ...claims, aud: ["x", "infisical"], job: { ref: "release/1" } };
    const wanted = "boundClaims" in bound ? { boundClaims: { "job.ref": "main, release/*" } } : bound;
    expect((await login(serverWith(wanted), jwt(right))).status).toBe(200);
  });

  test("JWT Auth answers with 404 for an identity without it, and with 422 to a body without a field", async () => {
    const server = serverWith();
    expect(await login(server, jwt(claims), 1)).toMatchObject({ status: 404, body: { error: "NotFound" } });
    const { status, body } = await call(server, "POST", "/api/v1/auth/jwt-auth/login", { body: {} });
    expect(status).toBe(422);
    expect(body.message.map(({ path }: { path: string[] }) => path.join())).toEqual(["identityId", "jwt"]);
  });

  test("JWT Auth accepts public keys only", () => {
    const privatePem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    for (const key of ["nonsense", privatePem]) {
      expect(() => serverWith({ publicKeys: [key] })).toThrow(
        "identities[0].jwtAuth.publicKeys[0]: must be a public key in PEM form",
      );
    }
  });
});
