import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, onTestFinished, test } from "vitest";
import {
  createTestAzureMetadata,
  createTestAzurePipelines,
  createTestAzureTokenEndpoint,
  createTestBuildkite,
  createTestFly,
  createTestGitHubActions,
  createTestGoogleMetadata,
  createTestTokenIssuer,
} from "../src/clouds/index.ts";

const issuer = createTestTokenIssuer();
afterAll(() => issuer.close());

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

function lifetimeOf({ iat, exp }: Record<string, unknown>): number {
  return Number(exp) - Number(iat);
}

/** The statuses of requests that each lack something. */
async function statusesOf(requests: readonly (readonly [string, RequestInit])[]): Promise<number[]> {
  const responses = requests.map(([url, init]) => fetch(url, { redirect: "manual", ...init }));
  return (await Promise.all(responses)).map(({ status }) => status);
}

test("GitHub Actions checks bearer token, version and method", async () => {
  const actions = createTestGitHubActions({ issuer, repository: "acme/app" });
  onTestFinished(() => actions.close());
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = await actions.listen();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}&audience=a%26b`, { headers });
  const claims = claimsOf((await response.json()).value);
  expect(claims).toMatchObject({
    iss: issuer.issuer,
    aud: "a&b",
    sub: "repo:acme/app:ref:refs/heads/main",
    repository_owner: "acme",
  });
  expect(lifetimeOf(claims)).toBe(300);
  expect(claimsOf((await (await fetch(url, { headers })).json()).value)["aud"]).toBe(
    "https://github.com/acme",
  );
  const statuses = await statusesOf([
    [url, {}],
    [url, { headers: { authorization: "Bearer wrong" } }],
    [url.replace(/\?.*/, ""), { headers }],
    [url, { method: "POST", headers }],
    [url.replace("job", "other"), { headers }],
  ]);
  expect(statuses).toEqual([401, 401, 400, 405, 404]);
});

test("Buildkite checks the agent's token and the job", async () => {
  const buildkite = createTestBuildkite({ issuer, organization: "acme" });
  onTestFinished(() => buildkite.close());
  const { BUILDKITE_AGENT_ENDPOINT, BUILDKITE_AGENT_ACCESS_TOKEN, BUILDKITE_JOB_ID } =
    await buildkite.listen();
  const url = `${BUILDKITE_AGENT_ENDPOINT}/jobs/${BUILDKITE_JOB_ID}/oidc/tokens`;
  const headers = { authorization: `Token ${BUILDKITE_AGENT_ACCESS_TOKEN}` };
  const response = await fetch(url, { method: "POST", headers, body: '{"audience":"vault"}' });
  const claims = claimsOf((await response.json()).token);
  expect(claims).toMatchObject({ aud: "vault", organization_slug: "acme", job_id: BUILDKITE_JOB_ID });
  const own = await fetch(url, { method: "POST", headers });
  expect(claimsOf((await own.json()).token)["aud"]).toBe("https://buildkite.com/acme");
  const statuses = await statusesOf([
    [url, { method: "POST", headers: { authorization: `Bearer ${BUILDKITE_AGENT_ACCESS_TOKEN}` } }],
    [url, { headers }],
    [url.replace(BUILDKITE_JOB_ID, "other"), { method: "POST", headers }],
    [url, { method: "POST", headers, body: '{"audience":7}' }],
  ]);
  expect(statuses).toEqual([401, 404, 404, 422]);
});

test("Azure Pipelines checks bearer token, version and service connection, and redirects if that is not suppressed", async () => {
  const pipelines = createTestAzurePipelines({ issuer });
  onTestFinished(() => pipelines.close());
  const { SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN } = await pipelines.listen();
  const url = `${SYSTEM_OIDCREQUESTURI}?api-version=7.1&serviceConnectionId=${pipelines.serviceConnectionId}`;
  const headers = { authorization: `Bearer ${SYSTEM_ACCESSTOKEN}` };
  const response = await fetch(url, { method: "POST", headers });
  expect(claimsOf((await response.json()).oidcToken)["aud"]).toBe("api://AzureADTokenExchange");
  const statuses = await statusesOf([
    [url, { method: "POST" }],
    [url, { method: "POST", headers: { "x-tfs-fedauthredirect": "Suppress" } }],
    [url, { headers }],
    [url.replace("api-version=7.1", ""), { method: "POST", headers }],
    [`${url}x`, { method: "POST", headers }],
    [url.replace("oidctoken", "other"), { method: "POST", headers }],
  ]);
  expect(statuses).toEqual([302, 401, 405, 400, 404, 404]);
});

test("Google's metadata server checks its header and the audience, and names itself", async () => {
  const metadata = createTestGoogleMetadata({ issuer, email: "app@x.iam.gserviceaccount.com" });
  onTestFinished(() => metadata.close());
  const { GCE_METADATA_HOST } = await metadata.listen();
  const base = `http://${GCE_METADATA_HOST}/computeMetadata/v1/instance/service-accounts/default/identity`;
  const headers = { "metadata-flavor": "Google" };
  const full = await fetch(`${base}?audience=a&format=full`, { headers });
  expect(full.headers.get("metadata-flavor")).toBe("Google");
  const claims = claimsOf(await full.text());
  expect(claims).toMatchObject({ aud: "a", email: "app@x.iam.gserviceaccount.com" });
  expect(lifetimeOf(claims)).toBe(3600);
  const plain = await fetch(`${base}?audience=a`, { headers });
  expect(claimsOf(await plain.text())["email"]).toBeUndefined();
  const account = base.replace("/identity", "");
  expect(await (await fetch(`${account}/email`, { headers })).text()).toBe("app@x.iam.gserviceaccount.com");
  const token = await (await fetch(`${account}/token`, { headers })).json();
  expect(token).toEqual({ access_token: expect.any(String), expires_in: 3599, token_type: "Bearer" });
  const statuses = await statusesOf([
    [`${base}?audience=a`, {}],
    [`${base}?audience=a`, { headers: { ...headers, "x-forwarded-for": "10.0.0.1" } }],
    [base, { headers }],
    [`${base}?audience=a`, { method: "POST", headers }],
    [`${base}s`, { headers }],
    [`${account}/token`, {}],
  ]);
  expect(statuses).toEqual([403, 403, 400, 405, 404, 403]);
});

test("Fly's Machines API issues tokens on its socket", async () => {
  const folder = mkdtempSync(join(tmpdir(), "infisical-fly-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const fly = createTestFly({ issuer, claims: { region: "ams" }, expiresIn: -1 });
  onTestFinished(() => fly.close());
  const { socketPath, variables } = await fly.listen({ socketPath: join(folder, "api") });
  const post = (path: string, body: string) =>
    new Promise<[number | undefined, string]>((resolve, reject) => {
      const sent = request(
        { socketPath, path, method: "POST", headers: { host: "localhost" } },
        (response) => {
          text(response).then((answer) => resolve([response.statusCode, answer]), reject);
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  const [status, token] = await post("/v1/tokens/oidc", '{"aud":"x"}');
  expect(status).toBe(200);
  const claims = claimsOf(token);
  expect(claims).toMatchObject({ aud: "x", machine_id: variables.FLY_MACHINE_ID, region: "ams" });
  expect(lifetimeOf(claims)).toBe(-1);
  expect(claimsOf((await post("/v1/tokens/oidc", ""))[1])["aud"]).toBe("https://fly.io/acme");
  expect((await post("/v1/tokens/kms", ""))[0]).toBe(404);
  expect((await post("/v1/tokens/oidc", '{"aud":7}'))[0]).toBe(400);
  await expect(createTestFly({ issuer }).listen({} as never)).rejects.toThrow(/socketPath/);
});

test.each([
  ["GitHubActions", createTestGitHubActions],
  ["Buildkite", createTestBuildkite],
  ["AzurePipelines", createTestAzurePipelines],
  ["AzureMetadata", createTestAzureMetadata],
  ["AzureTokenEndpoint", createTestAzureTokenEndpoint],
  ["Fly", createTestFly],
  ["GoogleMetadata", createTestGoogleMetadata],
])("createTest%s says what is wrong with its options", (name, create) => {
  expect(() => create({} as never)).toThrow(
    new RegExp(`^createTest${name}\\(\\): issuer: must be a token issuer`),
  );
  expect(() => create({ issuer, audience: "x" } as never)).toThrow(/'audience'/);
});
