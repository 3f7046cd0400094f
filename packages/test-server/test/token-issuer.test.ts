import { createPublicKey, verify } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createTestTokenIssuer, type TestTokenIssuerOptions } from "../src/clouds/index.ts";
import { StandInService } from "../src/clouds/stand-in.ts";

async function start(options?: TestTokenIssuerOptions) {
  const issuer = createTestTokenIssuer(options);
  onTestFinished(() => issuer.close());
  return { issuer, ...(await issuer.listen()) };
}

function decoded(token: string) {
  const [header, claims] = token
    .split(".", 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  return { header, claims };
}

/** Whether a key of the issuer in PEM form has signed a token. */
function isSignedBy(pem: string, token: string): boolean {
  const [signed = "", signature = ""] = token.split(/\.(?=[^.]*$)/);
  const key = { key: createPublicKey(pem), dsaEncoding: "ieee-p1363" } as const;
  return verify("sha256", Buffer.from(signed), key, Buffer.from(signature, "base64url"));
}

test("an issuer's discovery document leads to its keys", async () => {
  const { issuer, oidcDiscoveryUrl, jwksUrl } = await start();
  const discovery = await (await fetch(`${oidcDiscoveryUrl}/.well-known/openid-configuration`)).json();
  expect(discovery).toMatchObject({ issuer: oidcDiscoveryUrl, jwks_uri: jwksUrl });
  expect(await (await fetch(jwksUrl)).json()).toEqual(await issuer.jwks());
  expect((await issuer.jwks()).keys).toMatchObject([
    { kty: "RSA", alg: "RS256", use: "sig" },
    { kty: "EC", alg: "ES256", use: "sig" },
  ]);
  expect(JSON.stringify(await issuer.jwks())).not.toContain('"d"');
  expect((await fetch(`${oidcDiscoveryUrl}/other`)).status).toBe(404);
});

test("an issuer with a name keeps it, and is called https://issuer.test before it listens", async () => {
  const { issuer, oidcDiscoveryUrl, jwksUrl } = await start({ issuer: "https://ci.example" });
  expect(issuer.issuer).toBe("https://ci.example");
  const discovery = await (await fetch(`${oidcDiscoveryUrl}/.well-known/openid-configuration`)).json();
  expect(discovery).toMatchObject({ issuer: "https://ci.example", jwks_uri: jwksUrl });
  expect(createTestTokenIssuer().issuer).toBe("https://issuer.test");
  expect(() => createTestTokenIssuer({ issuer: "ci" })).toThrow("issuer: must be a URL");
});

test("a token has the issuer's claims and those it is asked for", async () => {
  const issuer = createTestTokenIssuer({ clock: { frozen: true } });
  const now = issuer.clock.now() / 1000;
  const [rsa] = (await issuer.jwks()).keys;
  expect(decoded(await issuer.issueToken())).toEqual({
    header: { typ: "JWT", alg: "RS256", kid: rsa?.["kid"] },
    claims: { iss: "https://issuer.test", sub: "test", iat: now, nbf: now, exp: now + 300 },
  });
  const token = await issuer.issueToken(
    { sub: "job", aud: ["a"], iss: undefined },
    { expiresIn: -1, notBefore: 9 },
  );
  expect(decoded(token).claims).toEqual({ sub: "job", aud: ["a"], iat: now, nbf: now + 9, exp: now - 1 });
  issuer.clock.advance(1000);
  expect(decoded(await issuer.issueToken()).claims.iat).toBe(now + 1);
});

test.each([
  ["RS256", 0],
  ["ES256", 1],
] as const)("a token signed with %s is verified by the issuer's public key", async (algorithm, index) => {
  const issuer = createTestTokenIssuer();
  const pem = (await issuer.publicKeys())[index] ?? "";
  expect(isSignedBy(pem, await issuer.issueToken({}, { algorithm }))).toBe(true);
  expect(isSignedBy(pem, await issuer.issueToken({}, { algorithm, shape: "wrong-signature" }))).toBe(false);
});

test("the header of a token has any key id, or none", async () => {
  const issuer = createTestTokenIssuer();
  expect(decoded(await issuer.issueToken({}, { keyId: "other" })).header.kid).toBe("other");
  expect(decoded(await issuer.issueToken({}, { keyId: null })).header).not.toHaveProperty("kid");
});

test("a token can be misshapen on demand", async () => {
  const issuer = createTestTokenIssuer();
  expect(await issuer.issueToken({}, { shape: "not-a-jwt" })).toBe("not-a-jwt");
  expect(await issuer.issueToken({}, { shape: "no-signature" })).toMatch(/^[\w-]+\.[\w-]+\.$/);
  expect(decoded(await issuer.issueToken({}, { shape: "no-algorithm" })).header.alg).toBe("none");
  const wrong = { shape: "broken" } as never;
  await expect(issuer.issueToken({}, wrong)).rejects.toThrow("issueToken(): shape:");
});

test("rotated keys replace the old ones", async () => {
  const issuer = createTestTokenIssuer();
  const before = await issuer.issueToken();
  const old = await issuer.jwks();
  await issuer.rotateKeys();
  const [rsa] = (await issuer.jwks()).keys;
  expect(old.keys.map(({ kid }) => kid)).not.toContain(rsa?.["kid"]);
  expect(isSignedBy((await issuer.publicKeys())[0] ?? "", before)).toBe(false);
  expect(decoded(await issuer.issueToken()).header.kid).toBe(rsa?.["kid"]);
});

test("an issuer keeps a log, fails as ordered, and closes its port", async () => {
  const { issuer, jwksUrl } = await start();
  issuer.fail({ path: "/.well-known/jwks.json" }, { status: 503 });
  expect((await fetch(jwksUrl)).status).toBe(503);
  expect((await fetch(jwksUrl)).status).toBe(200);
  expect(issuer.requests.map(({ method, status }) => `${method} ${status}`)).toEqual(["GET 503", "GET 200"]);
  await issuer.close();
  await expect(fetch(jwksUrl)).rejects.toThrow("fetch failed");
});

test("a stand-in can listen on a Unix socket", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const socketPath = join(folder, "api");
  class Echo extends StandInService {
    listen = () => this.open({ socketPath });
  }
  const echo = new Echo("echo", undefined, () => async ({ path }) => ({
    status: 200,
    headers: {},
    body: path,
  }));
  onTestFinished(() => echo.close());
  expect(await echo.listen()).toBe(socketPath);
  const body = await new Promise((resolve, reject) => {
    request({ socketPath, path: "/hello" }, async (response) => {
      for await (const chunk of response) resolve(String(chunk));
    })
      .on("error", reject)
      .end();
  });
  expect(body).toBe("/hello");
  expect(echo.requests.length).toBe(1);
});
