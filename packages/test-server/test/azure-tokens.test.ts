import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import {
  createTestAzureMetadata,
  createTestAzureTokenEndpoint,
  createTestTokenIssuer,
  type IssueTokenOptions,
  type TestAzureMetadataOptions,
  type TestAzureTokenEndpointOptions,
} from "../src/clouds/index.ts";
import { createTestServer, type TestServer } from "../src/index.ts";
import { loginWith } from "./support/token-login.ts";

const clock = { frozen: true };
const issuer = createTestTokenIssuer({ clock });
afterAll(() => issuer.close());

const tenantId = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const objectId = "an-object";
const resource = "https://management.azure.com/";

/** A server that accepts the tokens of one managed identity or application. */
async function serverOf(): Promise<TestServer> {
  const azureAuth = { tenantId, allowedServicePrincipalIds: [objectId], jwks: await issuer.jwks() };
  return createTestServer({ clock, identities: [{ name: "vm", azureAuth }] });
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("the metadata of Azure", () => {
  const identities = [{ clientId: "a-client", objectId }];

  async function start(options: Partial<TestAzureMetadataOptions> = {}) {
    const metadata = createTestAzureMetadata({ issuer, tenantId, identities, ...options });
    onTestFinished(() => metadata.close());
    const variables = await metadata.listen();
    const { AZURE_POD_IDENTITY_AUTHORITY_HOST: host, IDENTITY_ENDPOINT: endpoint } = variables;
    const address = endpoint ?? `${host}/metadata/identity/oauth2/token`;
    const send = async (
      query: Record<string, string>,
      headers: Record<string, string>,
      init?: RequestInit,
    ) => {
      const response = await fetch(`${address}?${new URLSearchParams(query)}`, { headers, ...init });
      return { status: response.status, body: await response.json() };
    };
    return { metadata, variables, send, address };
  }

  const query = { "api-version": "2018-02-01", resource };
  const headers = { metadata: "true" };

  test("a machine gets a token that logs in", async () => {
    const { variables, send } = await start();
    expect(Object.keys(variables)).toEqual(["AZURE_POD_IDENTITY_AUTHORITY_HOST"]);
    const { status, body } = await send(query, headers);
    expect(status).toBe(200);
    expect(body).toMatchObject({ client_id: "a-client", resource, token_type: "Bearer" });
    const claims = claimsOf(body.access_token);
    expect(claims).toMatchObject({ aud: resource, tid: tenantId, oid: objectId, ver: "1.0" });
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(86_400);
    expect([body.expires_on, body.not_before]).toEqual([String(claims["exp"]), String(claims["nbf"])]);
    expect((await loginWith(await serverOf(), "azure-auth", body.access_token)).status).toBe(200);
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ["Required metadata header not specified", query, {}],
    ["Required metadata header not specified", query, { ...headers, "x-forwarded-for": "10.0.0.1" }],
    ["The api-version is not supported", { resource }, headers],
    ["The api-version is not supported", { ...query, "api-version": "2017-09-01" }, headers],
    ["Required query variable 'resource' is missing", { "api-version": "2018-02-01" }, headers],
    ["Identity not found", { ...query, client_id: "another" }, headers],
    ["Identity not found", { ...query, object_id: "another" }, headers],
    ["Identity not found", { ...query, mi_res_id: "/subscriptions/x" }, headers],
  ])("a machine is told `%s` for %j with %j", async (message, sentQuery, sentHeaders) => {
    const { send } = await start();
    expect(await send(sentQuery, sentHeaders)).toEqual({
      status: 400,
      body: { error: "invalid_request", error_description: message },
    });
  });

  test("a machine has one address, which is read with GET", async () => {
    const { send, address } = await start();
    expect((await send(query, headers, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${address}s`, { headers })).status).toBe(404);
  });

  test("of several identities, a request must choose one", async () => {
    const several = [...identities, { clientId: "b-client", objectId: "b-object" }];
    const { send, metadata } = await start({ identities: several });
    expect(metadata.identities).toEqual(several);
    const { status, body } = await send(query, headers);
    expect([status, body.error_description]).toEqual([
      400,
      "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request",
    ]);
    for (const chosen of [{ client_id: "b-client" }, { object_id: "b-object" }]) {
      const { body: found } = await send({ ...query, ...chosen }, headers);
      expect(claimsOf(found.access_token)).toMatchObject({ oid: "b-object", appid: "b-client" });
    }
  });

  test("an app of App Service gets a token for the value of its header", async () => {
    const { variables, send, metadata } = await start({ platform: "app-service" });
    expect(Object.keys(variables)).toEqual(["IDENTITY_ENDPOINT", "IDENTITY_HEADER"]);
    expect(metadata.tenantId).toBe(tenantId);
    const appQuery = { ...query, "api-version": "2019-08-01" };
    const appHeaders = { "x-identity-header": variables.IDENTITY_HEADER ?? "" };
    const { body } = await send(appQuery, appHeaders);
    expect((await loginWith(await serverOf(), "azure-auth", body.access_token)).status).toBe(200);
    const refused = [
      await send(appQuery, {}),
      await send(appQuery, { "x-identity-header": "wrong" }),
      await send(query, appHeaders),
      await send({ ...appQuery, client_id: "another" }, appHeaders),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 400, 400]);
    expect(refused[3]?.body).toEqual({ statusCode: 400, message: "Identity not found" });
  });
});

describe("the token endpoint of Azure", () => {
  async function start(options: Partial<TestAzureTokenEndpointOptions> = {}) {
    const endpoint = createTestAzureTokenEndpoint({ issuer, clock, tenantId, objectId, ...options });
    onTestFinished(() => endpoint.close());
    const variables = await endpoint.listen();
    const assertion = await endpoint.issueFederatedToken();
    const form = {
      grant_type: "client_credentials",
      client_id: variables.AZURE_CLIENT_ID,
      scope: `${resource}/.default`,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    };
    const send = async (changes: Record<string, string> = {}, tenant = variables.AZURE_TENANT_ID) => {
      const url = `${variables.AZURE_AUTHORITY_HOST}${tenant}/oauth2/v2.0/token`;
      const response = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ ...form, ...changes }),
      });
      return { status: response.status, body: await response.json() };
    };
    return { endpoint, variables, send };
  }

  test("a token of the service account is exchanged for one that logs in", async () => {
    const { variables, send } = await start();
    expect(variables.AZURE_TENANT_ID).toBe(tenantId);
    const { status, body } = await send();
    expect(status).toBe(200);
    expect(body).toEqual({
      token_type: "Bearer",
      expires_in: 86_400,
      ext_expires_in: 86_400,
      access_token: expect.any(String),
    });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: resource, appid: variables.AZURE_CLIENT_ID });
    expect((await loginWith(await serverOf(), "azure-auth", body.access_token)).status).toBe(200);
  });

  test.each<[number, string, number, Record<string, string>]>([
    [400, "invalid_request", 900144, { grant_type: "password" }],
    [400, "unauthorized_client", 700016, { client_id: "another" }],
    [400, "invalid_scope", 1002012, { scope: resource }],
    [401, "invalid_client", 7000218, { client_assertion_type: "saml" }],
    [401, "invalid_client", 7000218, { client_assertion: "" }],
    [401, "invalid_client", 700027, { client_assertion: "not-a-jwt" }],
  ])("a request is answered with %i %s AADSTS%i for the field %j", async (status, error, code, changes) => {
    const { send } = await start();
    expect(await send(changes)).toEqual({
      status,
      body: { error, error_description: expect.stringContaining(`AADSTS${code}: `), error_codes: [code] },
    });
  });

  test.each<[number, object, IssueTokenOptions]>([
    [700024, {}, { expiresIn: -1 }],
    [700027, {}, { shape: "wrong-signature" }],
    [700027, {}, { keyId: "other" }],
    [700211, { iss: "https://other.test" }, {}],
    [700213, { sub: "system:serviceaccount:default:other" }, {}],
    [700212, { aud: "other" }, {}],
  ])(
    "a token of the service account is refused with AADSTS%i for %j, issued with %j",
    async (code, changes, options) => {
      const { send } = await start();
      const claims = {
        sub: "system:serviceaccount:default:default",
        aud: "api://AzureADTokenExchange",
        ...changes,
      };
      const { status, body } = await send({ client_assertion: await issuer.issueToken(claims, options) });
      expect([status, body.error_codes]).toEqual([401, [code]]);
    },
  );

  test("another tenant is not found, nor is another path", async () => {
    const { send, variables } = await start();
    const { status, body } = await send({}, "another");
    expect([status, body.error_codes]).toEqual([400, [90002]]);
    const { AZURE_AUTHORITY_HOST: host } = variables;
    expect((await fetch(`${host}${tenantId}/oauth2/v2.0/token`)).status).toBe(404);
    expect((await fetch(`${host}${tenantId}/oauth2/token`, { method: "POST" })).status).toBe(404);
    const json = await fetch(`${host}${tenantId}/oauth2/v2.0/token`, { method: "POST", body: "{}" });
    expect([json.status, (await json.json()).error_codes]).toEqual([400, [900144]]);
  });

  test("the cluster can have an issuer of its own, and other names", async () => {
    const clusterIssuer = createTestTokenIssuer({ clock, issuer: "https://cluster.test" });
    const subject = "system:serviceaccount:shop:api";
    const { send, endpoint } = await start({ clusterIssuer, subject, clientId: "a-client" });
    expect(claimsOf(await endpoint.issueFederatedToken())).toMatchObject({
      iss: "https://cluster.test",
      sub: subject,
    });
    expect((await send()).status).toBe(200);
    expect(endpoint.objectId).toBe(objectId);
    const own = await issuer.issueToken({ sub: subject, aud: "api://AzureADTokenExchange" });
    expect((await send({ client_assertion: own })).body.error_codes).toEqual([700027]);
  });
});
