import { isUnavailable } from "@infisical/core";
import { describe, expect, test, vi } from "vitest";
import { loginContext } from "#test-kit";
import { azureAuth } from "../src/index.ts";
import {
  accessToken,
  failureWithout,
  identityId,
  outsideAzure,
  resource,
  startInfisical,
  startPlatform,
  tenant,
  tokenFile,
  unsignedJwt,
} from "./azure.ts";

outsideAzure();

const header = "hunter2-identity-header";

async function onAppService(answer?: Parameters<typeof startPlatform>[0]) {
  const platform = await startPlatform(answer);
  vi.stubEnv("IDENTITY_ENDPOINT", `${platform.origin}/msi/token`);
  vi.stubEnv("IDENTITY_HEADER", header);
  return platform;
}

async function onVirtualMachine(answer?: Parameters<typeof startPlatform>[0]) {
  const platform = await startPlatform(answer);
  vi.stubEnv("AZURE_POD_IDENTITY_AUTHORITY_HOST", platform.origin);
  return platform;
}

async function inPod(assertion = unsignedJwt({ sub: "system:serviceaccount:default:app" })) {
  const platform = await startPlatform();
  const file = tokenFile(`${assertion}\n`);
  vi.stubEnv("AZURE_AUTHORITY_HOST", platform.origin);
  vi.stubEnv("AZURE_TENANT_ID", tenant);
  vi.stubEnv("AZURE_CLIENT_ID", "an-application");
  vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", file.path);
  return { ...platform, file, assertion };
}

const query = ({ url }: { url: URL }) => Object.fromEntries(url.searchParams);

describe("on App Service and Functions", () => {
  test("the token comes from IDENTITY_ENDPOINT, with the header, at every login", async () => {
    const { requests } = await onAppService();
    const { bodies, logIn } = await startInfisical(azureAuth({ identityId }));
    await logIn();
    await logIn();
    expect(requests).toHaveLength(2);
    expect(requests[0]).toMatchObject({ method: "GET", headers: { "x-identity-header": header } });
    expect(requests[0]?.url.pathname).toBe("/msi/token");
    expect(requests.map(query)[0]).toEqual({ "api-version": "2019-08-01", resource });
    expect(bodies[0]).toEqual({ identityId, jwt: expect.stringMatching(/^eyJ.*\S$/) });
  });

  test("a user-assigned identity and another resource are requested by option, not by AZURE_CLIENT_ID", async () => {
    vi.stubEnv("AZURE_CLIENT_ID", "of-something-else");
    const { requests } = await onAppService();
    const options = { identityId, clientId: "a-client", resource: "api://acme" };
    await (await startInfisical(azureAuth(options))).logIn();
    await (await startInfisical(azureAuth({ identityId }))).logIn();
    expect(requests.map((each) => query(each)["client_id"])).toEqual(["a-client", undefined]);
    expect(requests.map((each) => query(each)["resource"])).toEqual(["api://acme", resource]);
  });

  test("a refusal says what the platform said, without the header", async () => {
    await onAppService(() => ({
      status: 400,
      body: { statusCode: 400, message: `No User Assigned identity for ${header}` },
    }));
    const { bodies, logIn } = await startInfisical(azureAuth({ identityId }));
    expect(await failureWithout([header], logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message:
        "The managed identity endpoint of Azure refused with status 400: No User Assigned identity for [redacted]. " +
        "Assign a managed identity; if there are several, set clientId.",
    });
    expect(bodies).toEqual([]);
  });

  test("a response without access_token is refused", async () => {
    await onAppService(() => ({ body: "<html>" }));
    const { logIn } = await startInfisical(azureAuth({ identityId }));
    const error = await failureWithout([header], logIn());
    expect(error.message).toBe("The managed identity endpoint of Azure returned no access_token.");
  });

  test("an endpoint that is not an address is named, not repeated", async () => {
    vi.stubEnv("IDENTITY_ENDPOINT", "hunter2");
    vi.stubEnv("IDENTITY_HEADER", header);
    const { logIn } = await startInfisical(azureAuth({ identityId }));
    const error = await failureWithout([header, "hunter2"], logIn());
    expect(error.message).toBe("IDENTITY_ENDPOINT must be a URL that begins with http: or https:.");
  });
});

test("on Machine Learning, the token comes from MSI_ENDPOINT, with the secret", async () => {
  const { origin, requests } = await startPlatform();
  vi.stubEnv("MSI_ENDPOINT", `${origin}/ml`);
  vi.stubEnv("MSI_SECRET", header);
  await (await startInfisical(azureAuth({ identityId, clientId: "a-client" }))).logIn();
  expect(requests[0]).toMatchObject({ headers: { secret: header } });
  expect(requests.map(query)).toEqual([{ "api-version": "2017-09-01", resource, clientid: "a-client" }]);
});

test.each<[string, Record<string, string>]>([
  [
    "Azure Arc (IDENTITY_ENDPOINT without IDENTITY_HEADER)",
    { IDENTITY_ENDPOINT: "http://localhost:40342", IMDS_ENDPOINT: "http://localhost:40342" },
  ],
  [
    "Service Fabric (IDENTITY_SERVER_THUMBPRINT)",
    { IDENTITY_ENDPOINT: "https://localhost", IDENTITY_HEADER: header, IDENTITY_SERVER_THUMBPRINT: "aa" },
  ],
  ["Cloud Shell (MSI_ENDPOINT without MSI_SECRET)", { MSI_ENDPOINT: "http://localhost:50342/oauth2/token" }],
])("%s is left to a function", async (platform, variables) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { bodies, logIn } = await startInfisical(azureAuth({ identityId }));
  const error = await failureWithout([header], logIn());
  expect(error.message).toBe(
    `${platform} is not supported: pass \`token\`, such as getToken of @azure/identity.`,
  );
  expect(bodies).toEqual([]);
  const other = await startInfisical(azureAuth({ identityId, token: async () => ` ${accessToken()}\n` }));
  await other.logIn();
  expect(other.bodies[0]?.["jwt"]).toMatch(/^eyJ.*\S$/);
});

describe("with workload identity", () => {
  test("the federated token is exchanged at the tenant", async () => {
    const { requests, assertion } = await inPod();
    await (await startInfisical(azureAuth({ identityId }))).logIn();
    expect(requests[0]).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      form: {
        grant_type: "client_credentials",
        client_id: "an-application",
        scope: `${resource}/.default`,
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      },
    });
    expect(requests[0]?.url.pathname).toBe(`/${tenant}/oauth2/v2.0/token`);
  });

  test("the file is read at every login, and clientId precedes AZURE_CLIENT_ID", async () => {
    const { requests, file, assertion } = await inPod();
    const { logIn } = await startInfisical(azureAuth({ identityId, clientId: "another" }));
    await logIn();
    const next = unsignedJwt({ sub: "next" });
    file.replace(next);
    await logIn();
    expect(requests.map(({ form }) => form["client_assertion"])).toEqual([assertion, next]);
    expect(requests[0]?.form["client_id"]).toBe("another");
  });

  test("by default, the tenant is at login.microsoftonline.com", async () => {
    await inPod();
    vi.stubEnv("AZURE_AUTHORITY_HOST", undefined);
    const urls: string[] = [];
    const transport = async ({ url }: { url: string }) => {
      urls.push(url);
      return { status: 200, headers: {}, body: JSON.stringify({ access_token: accessToken() }) };
    };
    const request = async () => ({ accessToken: "t" }) as never;
    await azureAuth({ identityId }).login(loginContext({ http: { request }, transport }));
    expect(urls).toEqual([`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`]);
  });

  test("a federated token that has expired is not sent; the error says which file, and when it ended", async () => {
    const { requests, file } = await inPod(unsignedJwt({ exp: Date.parse("2026-01-02T03:04:05Z") / 1000 }));
    const { logIn } = await startInfisical(azureAuth({ identityId }));
    const error = await failureWithout([], logIn());
    expect(error.code).toBe("AUTH_FAILED");
    expect(error.message).toContain(
      `The federated token file ${file.path} expired at 2026-01-02T03:04:05.000Z; it is 2`,
    );
    expect(requests).toEqual([]);
  });

  test("a file that is missing, empty or a folder is named", async () => {
    const { file } = await inPod("");
    const read = async (path: string) => {
      vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", path);
      const error = await failureWithout([], (await startInfisical(azureAuth({ identityId }))).logIn());
      return [error.message, isUnavailable(error)];
    };
    expect(await read("/nowhere/token")).toEqual([
      "The federated token file /nowhere/token cannot be read (ENOENT).",
      true,
    ]);
    expect(await read(file.path)).toEqual([`The federated token file ${file.path} is empty.`, false]);
    expect(await read(file.folder)).toEqual([
      `The federated token file ${file.folder} cannot be read (EISDIR).`,
      false,
    ]);
  });

  test.each([
    ["AZURE_TENANT_ID", "AZURE_TENANT_ID"],
    ["AZURE_CLIENT_ID", "AZURE_CLIENT_ID (or clientId)"],
  ])("%s that is missing is named", async (name, shown) => {
    await inPod();
    vi.stubEnv(name, undefined);
    const error = await failureWithout([], (await startInfisical(azureAuth({ identityId }))).logIn());
    expect(error.message).toBe(
      `${shown} is not set, though AZURE_FEDERATED_TOKEN_FILE is: annotate the service account.`,
    );
  });

  test("a refusal of the tenant says its first line, without the federated token", async () => {
    const { file, assertion } = await inPod();
    const { origin } = await startPlatform(() => ({
      status: 401,
      body: {
        error: "invalid_client",
        error_description: `AADSTS700213: No matching federated identity record found for ${assertion}.\r\nTrace ID: 1`,
      },
    }));
    vi.stubEnv("AZURE_AUTHORITY_HOST", origin);
    const error = await failureWithout(
      [assertion],
      (await startInfisical(azureAuth({ identityId }))).logIn(),
    );
    expect(error.message).toBe(
      "The token endpoint of the Azure tenant refused with status 401: AADSTS700213: No matching federated identity record " +
        `found for [redacted]. Check the federated credential of the application (issuer, subject and audience of ${file.path}), ` +
        "the tenant and the resource.",
    );
  });
});

describe("on a virtual machine", () => {
  test("the token comes from the metadata service, whose header is required", async () => {
    const { requests } = await onVirtualMachine();
    await (await startInfisical(azureAuth({ identityId, clientId: "a-client" }))).logIn();
    expect(requests[0]).toMatchObject({ method: "GET", headers: { metadata: "true" } });
    expect(requests[0]?.url.pathname).toBe("/metadata/identity/oauth2/token");
    expect(requests.map(query)).toEqual([{ "api-version": "2018-02-01", resource, client_id: "a-client" }]);
  });

  test("by default, the metadata service is at 169.254.169.254, and the last that is looked for", async () => {
    const urls: string[] = [];
    const transport = async ({ url }: { url: string }) => {
      urls.push(new URL(url).origin);
      return { status: 200, headers: {}, body: JSON.stringify({ access_token: accessToken() }) };
    };
    const request = async () => ({ accessToken: "t" }) as never;
    const logIn = () => azureAuth({ identityId }).login(loginContext({ http: { request }, transport }));
    await logIn();
    vi.stubEnv("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.2");
    vi.stubEnv("IDENTITY_ENDPOINT", "http://127.0.0.3/msi");
    vi.stubEnv("IDENTITY_HEADER", header);
    await logIn();
    expect(urls).toEqual(["http://169.254.169.254", "http://127.0.0.3"]);
  });

  test.each([404, 429, 500, 503])("status %i is tried again three times", async (status) => {
    const { requests } = await onVirtualMachine((count) =>
      count < 4 ? { status } : { body: { access_token: accessToken() } },
    );
    const { bodies, waits, logIn } = await startInfisical(azureAuth({ identityId }));
    await logIn();
    expect([requests.length, bodies.length, waits]).toEqual([4, 1, [800, 1600, 3200]]);
  });

  test.each([
    [404, "AUTH_FAILED", "Assign"],
    [429, "RATE_LIMITED", "That usually passes."],
    [503, "SERVER_ERROR", "That usually passes."],
  ])("status %i that stays is an error with code %s", async (status, code, cure) => {
    await onVirtualMachine(() => ({ status, body: { error: "x", error_description: "Because." } }));
    const error = await failureWithout([], (await startInfisical(azureAuth({ identityId }))).logIn());
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(`refused with status ${status}: Because. ${cure}`),
    });
  });

  test("status 410, while the identity is updated, is tried again for more than 70 seconds", async () => {
    const { requests } = await onVirtualMachine(() => ({ status: 410 }));
    const { waits, logIn } = await startInfisical(azureAuth({ identityId }));
    const error = await failureWithout([], logIn());
    expect(error.message).toContain(
      "The identity is being updated, which takes up to 70 s: raise the client's `timeout`",
    );
    expect(requests).toHaveLength(8);
    expect(waits.reduce((sum, each) => sum + each)).toBeGreaterThan(70_000);
  });

  test("status 400, no such identity, is final", async () => {
    const { requests } = await onVirtualMachine(() => ({
      status: 400,
      body: { error: "invalid_request", error_description: "Identity not found" },
    }));
    const error = await failureWithout([], (await startInfisical(azureAuth({ identityId }))).logIn());
    expect(error.message).toBe(
      "The metadata service of Azure refused with status 400: Identity not found. Assign a managed identity; if there are several, set clientId.",
    );
    expect(requests).toHaveLength(1);
  });

  test("Docker Desktop's 403 for an unreachable network means that this is not Azure", async () => {
    await onVirtualMachine(() => ({
      status: 403,
      body: "connecting to 169.254.169.254:80: connect: A socket operation was attempted to an unreachable network.",
    }));
    const error = await failureWithout([], (await startInfisical(azureAuth({ identityId }))).logIn());
    expect(isUnavailable(error)).toBe(true);
    expect(error.message).toBe(
      "The metadata service of Azure is unreachable. Neither IDENTITY_ENDPOINT nor AZURE_FEDERATED_TOKEN_FILE is set: outside Azure, pass `token`.",
    );
  });

  test("an attempt takes 4 seconds at most, and there are two", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const never = () => new Promise<never>(() => undefined);
    const waits: number[] = [];
    const clock = { now: () => 0, sleep: async (milliseconds: number) => void waits.push(milliseconds) };
    const login = azureAuth({ identityId }).login(
      loginContext({ http: { request: never }, transport: never, clock }),
    );
    const failure = failureWithout([], login);
    await vi.advanceTimersByTimeAsync(8000);
    vi.useRealTimers();
    expect(await failure).toMatchObject({
      code: "TIMEOUT",
      message:
        "The metadata service of Azure took longer than 4000 ms. Neither IDENTITY_ENDPOINT nor AZURE_FEDERATED_TOKEN_FILE is set: outside Azure, pass `token`.",
    });
    expect(waits).toEqual([800]);
  });
});

const own = async (): Promise<string> => "t";

test.each([
  [{ token: own, clientId: "id" }, "token excludes clientId and resource"],
  [{ token: own, resource: "https://vault.azure.net" }, "token excludes clientId and resource"],
  [
    { resource: "https://vault.azure.net/.default" },
    'resource must be a resource, not a scope: leave /.default out, got "https://vault.azure.net/.default".',
  ],
])("options that would be ignored or sent wrongly are refused (%j)", (options, rule) => {
  expect(() => azureAuth({ identityId, ...options })).toThrow(rule);
});

test("the federated token in the place of its path is not shown", async () => {
  const token = accessToken();
  vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", token);
  const error = await failureWithout(
    [token, token.slice(0, 30)],
    (await startInfisical(azureAuth({ identityId }))).logIn(),
  );
  expect(error.message).toMatch(
    /^AZURE_FEDERATED_TOKEN_FILE must be the path of a file, not what a file contains/,
  );
});
