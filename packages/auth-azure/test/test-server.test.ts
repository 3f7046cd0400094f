import type { AuthStrategy } from "@infisical/core";
import type { AzureAuthSeed, TestServer, TokenIssuer } from "@infisical/test-server";
import {
  createTestAzureMetadata,
  createTestAzureTokenEndpoint,
  createTestTokenIssuer,
  type StandIn,
  type TestAzureMetadataOptions,
} from "@infisical/test-server/clouds";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { type AzureAuthOptions, azureAuth } from "../src/index.ts";
import { outsideAzure, resource, tenant, tokenFile } from "./azure.ts";

outsideAzure();

const tenantId = tenant;
const issuer = `https://sts.windows.net/${tenantId}/`;
const short = { accessTokenTTL: 300, accessTokenMaxTTL: 300 };

/** A server with three identities. */
async function startServer(seed: Partial<AzureAuthSeed> = {}) {
  const azure = { tenantId, ...seed };
  const { server, connect } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, azureAuth: azure },
        { name: "other", universalAuth: {} },
        { name: "gone", azureAuth: azure, isDeleted: true },
      ],
    },
  });
  const identityOf = (name: string) => server.identities.find((one) => one.name === name)?.identityId ?? "";
  const clientOf = (auth: AuthStrategy) => connect({ auth });
  return { server, clientOf, identityOf, identityId: identityOf("app") };
}

function useVariables(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** The same on a machine of Azure, whose managed identities are served on a socket. */
async function startOnAzure(
  seed: Partial<AzureAuthSeed> = {},
  machine: Partial<TestAzureMetadataOptions> = {},
) {
  const started = await startServer(seed);
  const metadata = createTestAzureMetadata({ issuer: started.server.tokenIssuer, tenantId, ...machine });
  onTestFinished(() => metadata.close());
  useVariables(await metadata.listen());
  return { ...started, metadata };
}

/** The same in a pod with workload identity, whose federated token is in a file. */
async function startInPod(seed: Partial<AzureAuthSeed> = {}, clusterIssuer?: TokenIssuer) {
  const started = await startServer(seed);
  const endpoint = createTestAzureTokenEndpoint({
    issuer: started.server.tokenIssuer,
    tenantId,
    ...(clusterIssuer && { clusterIssuer }),
  });
  onTestFinished(() => endpoint.close());
  const file = tokenFile(`${await endpoint.issueFederatedToken()}\n`);
  useVariables({ ...(await endpoint.listen()), AZURE_FEDERATED_TOKEN_FILE: file.path });
  return { ...started, endpoint, file };
}

const loginsAt = ({ requests }: TestServer) => requests.filter(({ path }) => path.endsWith("/login"));
const jwtsAt = (server: TestServer) => loginsAt(server).map(({ body }) => (body as { jwt: string }).jwt);

type Client = ReturnType<Awaited<ReturnType<typeof startServer>>["clientOf"]>;
const call = (client: Client) => client.request({ method: "GET", path: "/api/v1/projects" });

function expectHidden(value: unknown, credentials: readonly (string | undefined)[]): void {
  const text = printed(value);
  for (const secret of credentials) {
    expect(secret).toBeTruthy();
    expect(text).not.toContain(secret);
  }
}

/** What a call fails with whose login is refused: it shows nothing of the proof, and is remembered. */
async function refusalOf(server: TestServer, client: Client) {
  const error = await failureOf(call(client));
  expect(error.code).toBe("AUTH_FAILED");
  expect((await failureOf(call(client))).message).toBe(error.message);
  const [jwt, ...further] = jwtsAt(server);
  expect(further).toEqual([]);
  expectHidden(error, [jwt, jwt?.split(".").at(-1)]);
  expectHidden([error, client], [jwt, jwt?.split(".").at(-1)]);
  return error;
}

/** Calls once a minute for an hour, in which the access token ends twelve times. */
async function callForAnHour(
  server: TestServer,
  platform: StandIn,
  client: Client,
  eachMinute?: () => Promise<void>,
): Promise<void> {
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await call(client);
    for (const { clock } of [server, platform]) clock.advance(60_000);
    await eachMinute?.();
  }
  expect(loginsAt(server).length).toBeGreaterThanOrEqual(12);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
  expect(platform.requests).toHaveLength(loginsAt(server).length);
}

describe.each(["virtual-machine", "app-service"] as const)("a managed identity (%s)", (platform) => {
  test("logs in on the first call, and shows nowhere", async () => {
    const objectId = "an-object";
    const { server, metadata, clientOf, identityId } = await startOnAzure(
      { allowedServicePrincipalIds: [objectId] },
      { platform, identities: [{ clientId: "a-client", objectId }] },
    );
    const auth = azureAuth({ identityId });
    const client = clientOf(auth);
    await call(client);
    expect(loginsAt(server).map(({ status }) => status)).toEqual([200]);
    expect(metadata.requests[0]?.query).toMatchObject({ resource });
    expectHidden([client, auth], jwtsAt(server));
  });

  test("is asked for a token at each login of an hour, and no call fails", async () => {
    const { server, metadata, clientOf, identityId } = await startOnAzure(short, { platform });
    await callForAnHour(server, metadata, clientOf(azureAuth({ identityId })));
  });

  test("of several is chosen by clientId; without it, Azure refuses", async () => {
    const identities = ["a", "b"].map((name) => ({ clientId: `client-${name}`, objectId: `object-${name}` }));
    const seed = { allowedServicePrincipalIds: ["object-b"] };
    const { server, clientOf, identityId } = await startOnAzure(seed, { platform, identities });
    const error = await failureOf(call(clientOf(azureAuth({ identityId }))));
    expect(error.message).toContain("refused with status 400: Multiple user assigned identities exist");
    expect(error.message).toContain("Assign a managed identity; if there are several, set clientId.");
    if (platform === "app-service") expectHidden(error, [process.env["IDENTITY_HEADER"]]);
    expect(server.requests).toEqual([]);
    await call(clientOf(azureAuth({ identityId, clientId: "client-b" })));
  });
});

describe("workload identity", () => {
  test("exchanges the federated token, and a file that is replaced is read again at the next login", async () => {
    const { server, endpoint, file, clientOf, identityId } = await startInPod();
    const auth = azureAuth({ identityId });
    const client = clientOf(auth);
    await client.auth().login();
    for (const { clock } of [server, endpoint]) clock.advance(3_000_000);
    const second = await endpoint.issueFederatedToken();
    file.replace(second);
    await client.auth().login();
    await call(client);
    const forms = endpoint.requests.map(({ body }) => new URLSearchParams(String(body)));
    const assertions = forms.map((form) => form.get("client_assertion") ?? "");
    expect(assertions).toEqual([expect.stringMatching(/^eyJ/), second]);
    expect(assertions[0]).not.toBe(second);
    expect(loginsAt(server).map(({ status }) => status)).toEqual([200, 200]);
    expectHidden([client, auth], [...jwtsAt(server), ...assertions]);
  });

  test("exchanges at each login of an hour, and no call fails", async () => {
    const { server, endpoint, file, clientOf, identityId } = await startInPod(short);
    await callForAnHour(server, endpoint, clientOf(azureAuth({ identityId })), async () =>
      file.replace(await endpoint.issueFederatedToken()),
    );
  });

  test("of another cluster is refused by Azure, with advice and without the token", async () => {
    const { server, clientOf, identityId, file } = await startInPod();
    const token = await createTestTokenIssuer().issueToken({ aud: ["api://AzureADTokenExchange"] });
    file.replace(token);
    const error = await failureOf(call(clientOf(azureAuth({ identityId }))));
    expect(error.message).toContain(
      "The token endpoint of the Azure tenant refused with status 401: AADSTS700027",
    );
    expect(error.message).toContain("Check the federated credential of the application");
    expectHidden(error, [token, token.split(".")[2]]);
    expect(server.requests).toEqual([]);
  });

  test("with a file that nobody replaces is told when it ended", async () => {
    const { server, endpoint, file, clientOf, identityId } = await startInPod();
    for (const { clock } of [server, endpoint]) clock.advance(3_601_000);
    const error = await failureOf(call(clientOf(azureAuth({ identityId }))));
    expect(error.message).toMatch(
      /^The federated token file .+ expired at .+Z; it is .+Z by this machine's clock, which may be wrong\.$/,
    );
    expect(error.message).toContain(file.path);
    expect(endpoint.requests).toEqual([]);
  });
});

const stranger = createTestTokenIssuer();
const tenantAdvice = "The tenant of the Azure Auth must have issued the token.";

test.each<[string, Partial<AzureAuthSeed>, Partial<TestAzureMetadataOptions>, object, number, string]>([
  [
    "keys of another tenant",
    {},
    { issuer: stranger },
    {},
    401,
    `Invalid signing key. ${tenantAdvice} Sovereign clouds need OIDC Auth instead.`,
  ],
  ["another tenant id", {}, { claims: { tid: "other" } }, {}, 401, `Tenant ID mismatch. ${tenantAdvice}`],
  [
    "another service principal",
    { allowedServicePrincipalIds: ["other"] },
    { identities: [{ clientId: "a-client", objectId: "an-object" }] },
    {},
    401,
    "Service principal 'an-object' not allowed. The Azure Auth must allow this object id: that of the service principal, " +
      "not of the application.",
  ],
  [
    "another resource",
    {},
    {},
    { resource: "https://vault.azure.net/" },
    403,
    `jwt audience invalid. expected: ${resource}. The resource of the Azure Auth must equal the token's audience (\`resource\`).`,
  ],
  [
    "another issuer",
    {},
    { claims: { iss: "https://sts.windows.net/other/" } },
    {},
    403,
    `jwt issuer invalid. expected: ${issuer}. Only tokens of version 1 from the tenant of the Azure Auth are accepted; ` +
      "others need OIDC Auth.",
  ],
  [
    "several audiences",
    {},
    { claims: { aud: [resource] } },
    {},
    500,
    "Infisical also answers this to what is not an access token of Azure.",
  ],
])("a token is refused for %s, with advice", async (_, seed, machine, options, statusCode, advice) => {
  const { server, clientOf, identityId } = await startOnAzure(seed, machine);
  const error = await refusalOf(server, clientOf(azureAuth({ identityId, ...options })));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(`${advice} The token: issuer https://`);
});

test("a token that was tampered with is refused, with advice", async () => {
  const { server, clientOf, identityId } = await startServer();
  const claims = { iss: issuer, aud: resource, tid: tenantId, oid: "an-object" };
  const token = () => server.tokenIssuer.issueToken(claims, { shape: "wrong-signature" });
  const error = await refusalOf(server, clientOf(azureAuth({ identityId, token })));
  expect(error).toMatchObject({ statusCode: 403, label: "TokenError" });
  expect(error.message).toContain(
    "invalid signature. Infisical refused the token: check its times, its tenant, and the clocks. The token: ",
  );
});

test("what is not a JWT is refused with a 500, with advice", async () => {
  const { server, clientOf, identityId } = await startServer();
  const auth = azureAuth({ identityId, token: async () => "hunter2-opaque" });
  const error = await refusalOf(server, clientOf(auth));
  expect(error.statusCode).toBe(500);
  expect(error.message).toContain("Infisical also answers this to what is not an access token of Azure.");
});

test.each<[string, Partial<AzureAuthOptions>, number, string]>([
  ["other", {}, 404, "Check the identity's id, and that Azure Auth is among its auth methods."],
  ["gone", {}, 401, "Identity not found. The identity was deleted, and only its auth method is left."],
  ["app", { organizationSlug: "acme" }, 404, "The proof was accepted: check organizationSlug."],
])("the identity %s with %j is refused, with advice", async (name, options, statusCode, advice) => {
  const { server, clientOf, identityOf } = await startOnAzure();
  const auth = azureAuth({ identityId: identityOf(name), ...options });
  const error = await refusalOf(server, clientOf(auth));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
});

test("a token of version 2 is not sent", async () => {
  const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
  const { server, clientOf, identityId } = await startOnAzure({}, { claims: { iss, ver: "2.0" } });
  const error = await failureOf(call(clientOf(azureAuth({ identityId }))));
  expect(error.message).toContain("Infisical does not accept tokens of version 2");
  expect(server.requests).toEqual([]);
});
