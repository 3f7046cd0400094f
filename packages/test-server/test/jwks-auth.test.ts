import { expect, onTestFinished, test } from "vitest";
import { createTestTokenIssuer } from "../src/clouds/index.ts";
import { createTestServer, type JwtAuthSeed, type TestServer } from "../src/index.ts";
import { loginWith, refusal } from "./support/token-login.ts";

function serverWith(jwtAuth: JwtAuthSeed = {}, allowInternalIpConnections = true): TestServer {
  const identities = [{ name: "ci", jwtAuth }];
  return createTestServer({ clock: { frozen: true }, identities, allowInternalIpConnections });
}

const login = (server: TestServer, jwt: string) => loginWith(server, "jwt-auth", jwt);
/** Of the tests that change nothing. */
const server = serverWith();
const failure = refusal(500, "Something went wrong");

async function withIssuer() {
  const issuer = createTestTokenIssuer({ clock: { frozen: true } });
  onTestFinished(() => issuer.close());
  return { issuer, ...(await issuer.listen()) };
}

test("JWT Auth accepts the server's own issuer, a JWKS of the seed, the JWKS of a URL, and public keys", async () => {
  const { issuer, jwksUrl } = await withIssuer();
  const token = await issuer.issueToken();
  for (const seed of [
    { jwksUrl },
    { jwks: await issuer.jwks() },
    { publicKeys: await issuer.publicKeys() },
  ]) {
    expect((await login(serverWith(seed), token)).status).toBe(200);
  }
  const server = serverWith();
  expect((await login(server, await server.tokenIssuer.issueToken({}, { algorithm: "ES256" }))).status).toBe(
    200,
  );
});

test("JWT Auth fails for a JWT without a key id, or with that of an unknown key", async () => {
  const { issuer, jwksUrl } = await withIssuer();
  for (const seed of [{ jwksUrl }, { jwks: await issuer.jwks() }]) {
    expect(await login(serverWith(seed), await issuer.issueToken({}, { keyId: null }))).toEqual(failure);
    expect(await login(serverWith(seed), await issuer.issueToken({}, { keyId: "other" }))).toEqual(failure);
  }
});

test("JWT Auth fails for a JWT without a key id, even if a key of the JWKS has none", async () => {
  const [key] = (await server.tokenIssuer.jwks()).keys;
  const token = await server.tokenIssuer.issueToken({}, { keyId: null });
  expect(await login(serverWith({ jwks: { keys: [{ ...key, kid: undefined }] } }), token)).toEqual(failure);
});

test("JWT Auth fails if the JWKS cannot be fetched", async () => {
  const { issuer, jwksUrl } = await withIssuer();
  const server = serverWith({ jwksUrl });
  issuer.fail({}, { status: 503 });
  expect(await login(server, await issuer.issueToken())).toEqual(failure);
  issuer.fail({}, { garbage: true });
  expect(await login(server, await issuer.issueToken())).toEqual(failure);
  await issuer.close();
  expect(await login(server, await issuer.issueToken())).toEqual(failure);
});

test.each([
  ["not-a-jwt", {}, "Invalid JWT"],
  ["wrong-signature", {}, "Access denied: invalid signature"],
  ["no-signature", {}, "Access denied: jwt signature is required"],
  [undefined, { expiresIn: -1 }, "Access denied: jwt expired"],
  [undefined, { notBefore: 1 }, "Access denied: jwt not active"],
] as const)("JWT Auth refuses a JWT of the JWKS: %s %j", async (shape, options, message) => {
  const token = await server.tokenIssuer.issueToken({}, { shape, ...options });
  expect(await login(server, token)).toEqual(refusal(401, message));
});

test("JWT Auth compares claims as globs in which `*` stops at a slash, and separates values by a comma and a space", async () => {
  const server = serverWith({ boundSubject: "repo:*", boundClaims: { ref: "a,b, c" } });
  const token = (claims: object) => server.tokenIssuer.issueToken({ sub: "repo:a", ...claims });
  expect((await login(server, await token({ ref: "c" }))).status).toBe(200);
  expect((await login(server, await token({ ref: "a,b" }))).status).toBe(200);
  expect(await login(server, await token({ ref: "b" }))).toEqual(
    refusal(401, "Access denied: claim mismatch for field ref"),
  );
  expect(await login(server, await token({ sub: "repo:a/b" }))).toEqual(
    refusal(403, "Access denied: subject not allowed"),
  );
});

test("JWT Auth refuses a private address if the server does not allow it", async () => {
  const server = serverWith({ jwksUrl: "http://127.0.0.1:1/jwks" }, false);
  expect(await login(server, await server.tokenIssuer.issueToken())).toEqual(
    refusal(400, "Local IPs not allowed as URL"),
  );
});

test("JWT Auth has one source of keys", () => {
  expect(() => serverWith({ jwksUrl: "https://ci.example/jwks", jwks: { keys: [] } })).toThrow(
    "identities[0].jwtAuth.jwks: cannot be combined with jwksUrl",
  );
});
