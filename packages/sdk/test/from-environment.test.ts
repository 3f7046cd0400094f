import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { failureOf, printed, start as startServer } from "#test-kit";
import { describeEnvironmentAuth, environmentAuth, InfisicalSDK } from "../src/index.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^INFISICAL_/.test(name)) vi.stubEnv(name, undefined);
});

afterEach(() => vi.unstubAllEnvs());

async function start() {
  const { server, siteUrl, location } = await startServer();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const environment = {
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  };
  return { server, siteUrl, location, environment };
}

test("a client of the process's environment logs in and reads", async () => {
  const { environment, location, server } = await start();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.stubEnv(
    "INFISICAL_CUSTOM_HEADERS",
    `CF-Access-Client-Id=an-id CF-Access-Client-Secret="hunter2 secret" Accept=x`,
  );
  const client = InfisicalSDK.fromEnvironment();
  await client.secrets().listSecrets(location);
  for (const { headers } of server.requests) {
    expect(headers).toMatchObject({
      "cf-access-client-id": "an-id",
      "cf-access-client-secret": "hunter2 secret",
    });
    expect(headers["accept"]).not.toBe("x");
  }
  expect(printed(client)).not.toContain("hunter2");
});

test("the plain constructor reads nothing from the environment", async () => {
  const { environment, location, siteUrl } = await start();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const client = new InfisicalSDK({ siteUrl });
  const error = await failureOf(client.secrets().listSecrets(location));
  expect(error.code).toBe("NOT_AUTHENTICATED");
});

test("options come before the environment", async () => {
  const { environment, location, server } = await start();
  const client = InfisicalSDK.fromEnvironment({
    environment: { ...environment, INFISICAL_CUSTOM_HEADERS: "X-One=1 X-Two=2" },
    headers: { "x-two": "3" },
  });
  await client.secrets().listSecrets(location);
  expect(server.requests[0]?.headers).toMatchObject({ "x-one": "1", "x-two": "3" });
  const elsewhere = { ...environment, INFISICAL_SITE_URL: "not an address" };
  const { siteUrl } = { siteUrl: environment.INFISICAL_SITE_URL };
  await InfisicalSDK.fromEnvironment({ environment: elsewhere, siteUrl }).secrets().listSecrets(location);
});

describe("the address", () => {
  test.each([
    ["INFISICAL_SITE_URL", ""],
    ["INFISICAL_API_URL", "/api"],
    ["INFISICAL_DOMAIN", "/api/"],
  ])("is read from %s, with %o at its end", async (name, end) => {
    const { environment, location, siteUrl, server } = await start();
    const variables = { ...environment, INFISICAL_SITE_URL: undefined, [name]: `${siteUrl}${end}` };
    await InfisicalSDK.fromEnvironment({ environment: variables }).secrets().listSecrets(location);
    expect(server.requests.length).toBeGreaterThan(0);
  });

  test("can be in several variables in several spellings", async () => {
    const { environment, location, siteUrl } = await start();
    const variables = {
      ...environment,
      INFISICAL_API_URL: `${siteUrl}/api`,
      INFISICAL_DOMAIN: `${siteUrl}/`,
    };
    await InfisicalSDK.fromEnvironment({ environment: variables }).secrets().listSecrets(location);
  });

  test("is an error if two variables contradict each other", () => {
    const environment = {
      INFISICAL_SITE_URL: "https://one.example",
      INFISICAL_DOMAIN: "https://two.example/api",
    };
    const create = () => InfisicalSDK.fromEnvironment({ environment });
    expect(create).toThrow(
      "INFISICAL_SITE_URL must be the same address as INFISICAL_DOMAIN, or only one of the two must be set.",
    );
    const withPassword = { INFISICAL_DOMAIN: "https://user:hunter2@one.example" };
    expect(() => InfisicalSDK.fromEnvironment({ environment: withPassword })).toThrow(
      /^INFISICAL_DOMAIN (?!.*hunter2)/,
    );
  });

  test("is an error if it is not one", () => {
    const environment = { INFISICAL_DOMAIN: "https://" };
    expect(() => InfisicalSDK.fromEnvironment({ environment })).toThrow(
      "INFISICAL_DOMAIN must be a URL such as",
    );
  });
});

describe("headers", () => {
  test.each([
    ["A=1", { a: "1" }],
    ["  A=1\n\tB=2  ", { a: "1", b: "2" }],
    [`A="one two" B='three "four"'`, { a: "one two", b: 'three "four"' }],
    ["A=x=y B=", { a: "x=y", b: "" }],
    ["User-Agent=me ACCEPT=all A=1", { a: "1" }],
  ])("are read from %o", async (text, expected) => {
    const { environment, location, server } = await start();
    const variables = { ...environment, INFISICAL_CUSTOM_HEADERS: text };
    await InfisicalSDK.fromEnvironment({ environment: variables }).secrets().listSecrets(location);
    expect(server.requests[0]?.headers).toMatchObject(expected);
    expect(server.requests[0]?.headers["user-agent"]).not.toBe("me");
  });

  test.each(["hunter2", "A=1 hunter2", `A="hunter2`, `A="hunter2"x`, `A="hunter2=1`, "=hunter2"])(
    "are an error if they are written otherwise: %o",
    (text) => {
      const environment = { INFISICAL_CUSTOM_HEADERS: text };
      const create = () => InfisicalSDK.fromEnvironment({ environment });
      expect(create).toThrow("INFISICAL_CUSTOM_HEADERS must look like Name=value Other=value");
      expect(create).not.toThrow("hunter2");
    },
  );
});

test("options that do not exist, and an environment of another kind, are errors", () => {
  expect(() => InfisicalSDK.fromEnvironment({ sitUrl: "x" } as object)).toThrow("sitUrl is not an option");
  expect(() => InfisicalSDK.fromEnvironment({ environment: "hunter2" as never })).toThrow(
    "environment must be an object with variables by their names.",
  );
});

test("the strategy says in its name what the first login chose, and a description says it without one", async () => {
  const { environment, siteUrl } = await start();
  const auth = environmentAuth({ environment });
  expect(auth.name).toBe("environment");
  const client = new InfisicalSDK({ siteUrl, auth });
  await client.auth().login();
  expect(auth.name).toBe("environment (universal-auth)");
  expect((await describeEnvironmentAuth({ environment })).chosen?.method).toBe("universal-auth");
});
