import { expect, test } from "vitest";
import { createAuthority } from "#test-kit";
import { createTestServer, type TestServerOptions, type TlsCertAuthSeed } from "../src/index.ts";
import { call } from "./support/api.ts";
import { claimsOf, outcomeOf, refusal } from "./support/token-login.ts";

const authority = await createAuthority();
const year = 365 * 24 * 3600 * 1000;
const usualHeader = "x-identity-tls-cert-auth-client-cert";

function start(seed: Partial<TlsCertAuthSeed> = {}, options: TestServerOptions = {}) {
  const tlsCertAuth = { caCertificate: authority.cert, ...seed };
  const server = createTestServer({
    clock: { frozen: true },
    identities: [
      { name: "service", tlsCertAuth },
      { name: "without" },
      { name: "deleted", isDeleted: true, tlsCertAuth },
    ],
    ...options,
  });
  const login = async (chain: string | undefined, { identity = 0, header = usualHeader, ...fields } = {}) => {
    const { identityId } = server.identities[identity] ?? {};
    const headers = chain === undefined ? {} : { [header]: encodeURIComponent(chain) };
    const body = { identityId, ...fields };
    return outcomeOf(await call(server, "POST", "/api/v1/auth/tls-cert-auth/login", { body, headers }));
  };
  return { server, login };
}

test("a certificate of the authority logs in, and the rest of its chain does not count", async () => {
  const { login } = start({ accessTokenTTL: 60 });
  const { cert } = await authority.issue();
  const { status, body } = await login(`${cert}${authority.cert}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ expiresIn: 60, tokenType: "Bearer" });
  expect(claimsOf(body.accessToken).authMethod).toBe("tls-cert-auth");
});

test("a login without the header is refused before the identity is looked up", async () => {
  const { login } = start();
  const missing = refusal(400, "Missing TLS certificate in header");
  expect(await login(undefined)).toEqual(missing);
  expect(await login(undefined, { identity: 1 })).toEqual(missing);
});

test("a header without a certificate in it is refused", async () => {
  const { login } = start();
  expect(await login("nothing")).toEqual(refusal(400, "Missing client certificate"));
});

test("a certificate of another authority is refused, even one of the same name", async () => {
  const { login } = start();
  const { cert } = await (await createAuthority()).issue();
  const refused = refusal(401, "Access denied: Certificate not issued by the provided CA.");
  expect(await login(cert)).toEqual(refused);
});

test("a certificate is valid by the server's clock", async () => {
  const { server, login } = start();
  const now = server.clock.now();
  const { cert } = await authority.issue({ from: now + year, until: now + 2 * year });
  expect(await login(cert)).toEqual(refusal(401, "Access denied: Certificate not yet valid."));
  await server.clock.advance(1.5 * year);
  expect((await login(cert)).status).toBe(200);
  await server.clock.advance(year);
  expect(await login(cert)).toEqual(refusal(401, "Access denied: Certificate has expired."));
});

test("only allowed common names log in", async () => {
  const { login } = start({ allowedCommonNames: "web, app" });
  const nameless = await authority.issue({ name: "O=Acme" });
  const refused = refusal(401, "Access denied: TLS Certificate Auth common name not allowed.");
  expect((await login((await authority.issue({ name: "O=Acme, CN=app" })).cert)).status).toBe(200);
  expect(await login((await authority.issue({ name: "CN=application" })).cert)).toEqual(refused);
  expect(await login(nameless.cert)).toEqual(refused);
});

test("an identity without the method, a deleted one and an unknown organization are refused", async () => {
  const { login } = start();
  const { cert } = await authority.issue();
  const name = "TLS Certificate auth method not found for identity, did you configure TLS Certificate auth?";
  expect(await login(cert, { identity: 1 })).toMatchObject({ status: 404, error: "NotFound", message: name });
  expect(await login(cert, { identity: 2 })).toEqual(refusal(401, "Identity not found"));
  expect(await login(cert, { organizationSlug: "acme" } as object)).toEqual(
    refusal(404, "Sub organization with slug acme not found"),
  );
});

test("the header has the name that the options say", async () => {
  const header = "X-Client-Cert";
  const { login } = start({}, { clientCertificateHeader: header });
  const identities = [{ name: "service", tlsCertAuth: { caCertificate: authority.cert } }];
  const renamed = start({}, { clientCertificateHeader: header, identities });
  const { cert } = await authority.issue();
  expect((await renamed.login(cert, { header: header.toLowerCase() })).status).toBe(200);
  expect((await login(cert)).status).toBe(400);
});

test("a seed without a certificate in PEM form is refused by name", () => {
  expect(() => start({ caCertificate: "der" })).toThrow("tlsCertAuth.caCertificate");
});
