import { expect, test } from "vitest";
import { createTestTokenIssuer } from "../src/clouds/index.ts";
import {
  type AzureAuthSeed,
  createTestServer,
  type IssueTokenOptions,
  type TestServer,
} from "../src/index.ts";
import { claimsOf, loginWith, refusal, unexplained } from "./support/token-login.ts";

const tenantId = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const resource = "https://management.azure.com/";
const iss = `https://sts.windows.net/${tenantId}/`;
const claims = { iss, aud: resource, tid: tenantId, oid: "an-object" };

function serverWith(azureAuth: Partial<AzureAuthSeed> = {}): TestServer {
  const identities = [{ name: "vm", azureAuth: { tenantId, ...azureAuth } }];
  return createTestServer({ clock: { frozen: true }, identities });
}

const login = (server: TestServer, jwt: string, fields?: Record<string, string>) =>
  loginWith(server, "azure-auth", jwt, fields);

/** Of the tests that change nothing. */
const shared = serverWith();

async function loginAs(server: TestServer, changes: object = {}, options?: IssueTokenOptions) {
  return login(server, await server.tokenIssuer.issueToken({ ...claims, ...changes }, options));
}

const tokenError = (message: string) => refusal(403, message, "TokenError");

test("a token of version 1 for Azure's own API logs in", async () => {
  const { status, body } = await loginAs(serverWith({ accessTokenTTL: 60 }));
  expect(status).toBe(200);
  expect(body.expiresIn).toBe(60);
  expect(claimsOf(body.accessToken).authMethod).toBe("azure-auth");
});

test("a token with the issuer of version 2 is refused", async () => {
  const outcome = await loginAs(shared, { iss: `https://login.microsoftonline.com/${tenantId}/v2.0` });
  expect(outcome).toEqual(tokenError(`jwt issuer invalid. expected: ${iss}`));
});

test.each<[string, object, IssueTokenOptions, string]>([
  ["a wrong signature", {}, { shape: "wrong-signature" }, "invalid signature"],
  ["no signature", {}, { shape: "no-signature" }, "jwt signature is required"],
  ["an end in the past", {}, { expiresIn: 0 }, "Your token has expired. Please re-authenticate."],
  ["a start in the future", {}, { notBefore: 1 }, "jwt not active"],
  [
    "another audience",
    { aud: "https://vault.azure.net" },
    {},
    `jwt audience invalid. expected: ${resource.slice(0, -1)}`,
  ],
  [
    "another audience that ends in a slash",
    { aud: "https://vault.azure.net/" },
    {},
    `jwt audience invalid. expected: ${resource}`,
  ],
  [
    "the issuer of another tenant",
    { iss: "https://sts.windows.net/x/" },
    {},
    `jwt issuer invalid. expected: ${iss}`,
  ],
])(
  "a token with %s is refused in the words of the server's library",
  async (_, changes, options, message) => {
    expect(await loginAs(shared, changes, options)).toEqual(tokenError(message));
  },
);

test("a token with the algorithm of another kind of key is refused in the server's own words", async () => {
  const [key] = (await shared.tokenIssuer.jwks()).keys;
  const token = await shared.tokenIssuer.issueToken(claims, {
    algorithm: "ES256",
    keyId: String(key?.["kid"]),
  });
  expect(await login(shared, token)).toEqual(
    tokenError(
      "The access token is signed with an invalid algorithm. Please provide a valid token and try again.",
    ),
  );
});

test("a token that names an unknown key, or none, is refused", async () => {
  const message = "Invalid signing key";
  expect(await loginAs(shared, {}, { keyId: "other" })).toEqual(refusal(401, message));
  expect(await loginAs(shared, { aud: "x" }, { keyId: null })).toEqual(refusal(401, message));
});

test.each([
  ["that is not a JWT", async () => "not-a-jwt"],
  ["that is empty", async () => ""],
  ["followed by a line break", async () => `${await shared.tokenIssuer.issueToken(claims)}\n`],
  ["for several audiences", () => shared.tokenIssuer.issueToken({ ...claims, aud: [resource] })],
  ["for no audience", () => shared.tokenIssuer.issueToken({ ...claims, aud: undefined })],
])("a token %s is refused without a reason", async (_, token) => {
  expect(await login(shared, await token())).toEqual(unexplained);
});

test.each([
  ["api://app/", "api://app/", 200],
  ["api://app/", "api://app", 200],
  ["api://app", "api://app", 200],
  ["api://app", "api://app/", 403],
])("for the resource %s, a token for %s is answered with %i", async (configured, aud, status) => {
  expect((await loginAs(serverWith({ resource: configured }), { aud })).status).toBe(status);
});

test("a token that names another tenant is refused", async () => {
  expect(await loginAs(shared, { tid: "other" })).toEqual(refusal(401, "Tenant ID mismatch"));
});

test("a service principal that is not allowed is refused by its object id, after its tenant is checked", async () => {
  const server = serverWith({ allowedServicePrincipalIds: ["another-object", "an-object"] });
  expect((await loginAs(server)).status).toBe(200);
  expect(await loginAs(server, { oid: "x" })).toEqual(refusal(401, "Service principal 'x' not allowed"));
  expect(await loginAs(server, { oid: "x", tid: "y" })).toEqual(refusal(401, "Tenant ID mismatch"));
});

test("the keys of the tenant can be in the seed", async () => {
  const issuer = createTestTokenIssuer({ clock: { frozen: true } });
  const { keys } = await issuer.jwks();
  const server = serverWith({ jwks: { keys } });
  expect((await login(server, await issuer.issueToken(claims))).status).toBe(200);
  expect(await loginAs(server)).toEqual(refusal(401, "Invalid signing key"));
});

test("an identity without Azure Auth is not found, nor is a deleted one", async () => {
  expect(await login(createTestServer(), "jwt")).toEqual(
    refusal(404, "Azure auth method not found for identity, did you configure Azure Auth?"),
  );
  const identities = [{ name: "vm", isDeleted: true, azureAuth: { tenantId } }];
  expect(await login(createTestServer({ identities }), "jwt")).toEqual(refusal(401, "Identity not found"));
});

test("an organization is looked up after the token is checked", async () => {
  const organizationSlug = "other";
  expect(await login(shared, "jwt", { organizationSlug })).toEqual(unexplained);
  const token = await shared.tokenIssuer.issueToken(claims);
  expect(await login(shared, token, { organizationSlug })).toEqual(
    refusal(404, "Sub organization with slug other not found"),
  );
});
