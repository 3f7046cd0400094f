import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInfisicalError } from "@infisical/core";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { type EnvironmentAuthOptions, environmentAuth } from "../src/index.ts";

beforeEach(() => {
  // A process in which nothing is to be found.
  for (const name of Object.keys(process.env)) vi.stubEnv(name, undefined);
});

afterEach(() => vi.unstubAllEnvs());

const userName = "system:serviceaccount:shop:api";
const serviceAccountToken = "hunter2-service-account-token";

/** A server with an identity for Universal Auth and one for Kubernetes Auth, and clients that look around. */
async function startServer() {
  const kubernetesAuth = { reviews: { [serviceAccountToken]: { username: userName } } };
  const { server, connect, siteUrl } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, universalAuth: {} },
        { name: "pod", projectRoles: { "example-project": "viewer" }, kubernetesAuth },
      ],
    },
  });
  const [app, pod] = server.identities;
  const clientFor = (options?: EnvironmentAuthOptions) => {
    const auth = environmentAuth(options);
    return { auth, client: connect({ auth, retry: false }) };
  };
  const client = {
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: app?.clientId ?? "",
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: app?.clientSecret ?? "",
  };
  const logins = () => server.requests.filter(({ path }) => path.endsWith("/login"));
  return { server, siteUrl, clientFor, client, identityId: pod?.identityId ?? "", logins };
}

const call = (client: ReturnType<Awaited<ReturnType<typeof startServer>>["clientFor"]>["client"]) =>
  client.request({ method: "GET", path: "/api/v1/projects" });

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-auth-env-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token"), text);
  return join(folder, "token");
}

describe("a login", () => {
  test("takes the process's variables, and the name says from then on which method it was", async () => {
    const { clientFor, client: variables, logins } = await startServer();
    const { auth, client } = clientFor();
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, `${value}\n`);
    expect(auth.name).toBe("environment");
    await call(client);
    expect(auth.name).toBe("environment (universal-auth)");
    expect(logins().map(({ path, status }) => [path, status])).toEqual([
      ["/api/v1/auth/universal-auth/login", 200],
    ]);
  });

  test("takes a record instead of the process's variables", async () => {
    const { clientFor, client: variables, logins } = await startServer();
    vi.stubEnv("INFISICAL_TOKEN", "a token of the process");
    await call(clientFor({ environment: variables }).client);
    expect(logins().map(({ status }) => status)).toEqual([200]);
  });

  test("takes the sub-organization for Universal Auth too", async () => {
    const { clientFor, client: variables, logins } = await startServer();
    const environment = { ...variables, INFISICAL_AUTH_ORGANIZATION_SLUG: "acme" };
    await failureOf(call(clientFor({ environment }).client));
    expect(logins()[0]?.body).toMatchObject({ organizationSlug: "acme" });
  });

  test("does not take what a record inherits", async () => {
    const { clientFor, client: variables } = await startServer();
    const error = await failureOf(call(clientFor({ environment: Object.create(variables) }).client));
    expect(error.code).toBe("NOT_AUTHENTICATED");
  });

  test("takes the file of a service account's token, the identity and the sub-organization", async () => {
    const { clientFor, identityId, logins } = await startServer();
    const environment = {
      INFISICAL_MACHINE_IDENTITY_ID: identityId,
      INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: fileWith(serviceAccountToken),
      INFISICAL_AUTH_ORGANIZATION_SLUG: "acme",
    };
    const { auth, client } = clientFor({ environment });
    const error = await failureOf(call(client));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 404 });
    expect(logins()[0]?.body).toEqual({ identityId, jwt: serviceAccountToken, organizationSlug: "acme" });
    expect(auth.name).toBe("environment (kubernetes-auth)");
  });

  test("keeps to the method that the first one chose", async () => {
    const { clientFor, client: variables, logins } = await startServer();
    const environment: Record<string, string> = { ...variables };
    const { client } = clientFor({ environment });
    await client.auth().login();
    environment["INFISICAL_TOKEN"] = "a-token";
    await client.auth().login();
    expect(logins().map(({ status }) => status)).toEqual([200, 200]);
  });

  test("decides again if there was nothing to choose", async () => {
    const { clientFor, client: variables } = await startServer();
    const environment: Record<string, string> = {};
    const { auth, client } = clientFor({ environment });
    const error = await failureOf(client.auth().login());
    expect(error.code).toBe("NOT_AUTHENTICATED");
    Object.assign(environment, variables);
    await client.auth().login();
    expect(auth.name).toBe("environment (universal-auth)");
  });

  test("decides again after one that failed", async () => {
    const { clientFor, client: variables } = await startServer();
    const environment = { ...variables, INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "hunter2-wrong" };
    const { client } = clientFor({ environment });
    await failureOf(client.auth().login());
    Object.assign(environment, variables);
    await client.auth().login();
    await call(client);
  });

  test("uses the method that the option names, whatever the variable names", async () => {
    const { clientFor, client: variables } = await startServer();
    const environment = { ...variables, INFISICAL_TOKEN: "a-token", INFISICAL_AUTH_METHOD: "aws-auth" };
    const { auth, client } = clientFor({ method: "universal", environment });
    await client.auth().login();
    expect(auth.name).toBe("environment (universal-auth)");
  });
});

test("the events of the first login say which method was chosen", async () => {
  const { connect, server } = await start();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const environment = {
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  };
  const seen: string[] = [];
  const client = connect({
    auth: environmentAuth({ environment }),
    onEvent: (event) => {
      if (event.type === "login-started" || event.type === "login-ended") {
        seen.push(`${event.type}: ${event.strategy}`);
      }
    },
  });
  await client.auth().login();
  expect(seen).toEqual(["login-started: environment", "login-ended: environment (universal-auth)"]);
});

test("a variable of white space in the process counts as one that is not set there", async () => {
  const { clientFor } = await startServer();
  vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", " ");
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "shop");
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2-key");
  const environment = { INFISICAL_MACHINE_IDENTITY_ID: "an-identity", AWS_LAMBDA_FUNCTION_NAME: "shop" };
  const { auth, client } = clientFor({ environment });
  const error = await failureOf(call(client));
  expect(error.message).toContain("Chose aws-auth, because AWS_LAMBDA_FUNCTION_NAME is set.");
  expect(auth.name).toBe("environment (aws-auth)");
  expect(printed(error)).not.toContain("hunter2");
});

describe("a refused login", () => {
  test("says what was chosen, why, and what was skipped, and shows no credential", async () => {
    const { clientFor, client: variables } = await startServer();
    const environment = { ...variables, INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "hunter2-mistaken" };
    const { auth, client } = clientFor({ environment });
    const error = await failureOf(call(client));
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain("Login with environment (universal-auth) was refused: ");
    expect(error.message).toContain(
      "Chose universal-auth, because INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET are set. " +
        "Skipped: token-auth (no INFISICAL_TOKEN or INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN).",
    );
    expect(printed([error, auth, client])).not.toContain("hunter2");
  });

  test("is not followed by another method", async () => {
    const { clientFor, client: variables, identityId, logins } = await startServer();
    const environment = {
      ...variables,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "hunter2-mistaken",
      INFISICAL_MACHINE_IDENTITY_ID: identityId,
      INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: fileWith(serviceAccountToken),
    };
    await failureOf(call(clientFor({ environment }).client));
    expect(logins().map(({ path }) => path)).toEqual(["/api/v1/auth/universal-auth/login"]);
  });

  test("says so too if the platform refused, and keeps the error's code", async () => {
    const { clientFor, identityId } = await startServer();
    const environment = {
      INFISICAL_MACHINE_IDENTITY_ID: identityId,
      INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: "/nowhere/token",
    };
    const error = await failureOf(call(clientFor({ environment }).client));
    expect(error.code).toBe("TOKEN_UNAVAILABLE");
    expect(isInfisicalError(error)).toBe(true);
    expect(error.message).toContain("The service account token /nowhere/token does not exist");
    expect(error.message).toContain(
      "Chose kubernetes-auth, because INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH is set. Skipped: token-auth",
    );
  });

  test("says so too if a value is malformed, and does not repeat it", async () => {
    const { clientFor, client: variables } = await startServer();
    const environment = { ...variables, INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: '"hunter2"' };
    const error = await failureOf(call(clientFor({ environment }).client));
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).toContain("clientSecret must not be in quotation marks");
    expect(error.message).toContain("Chose universal-auth, because");
    expect(printed(error)).not.toContain("hunter2");
  });
});

test("what a package reads by itself must be in the process too", async () => {
  const { clientFor, server } = await startServer();
  const environment = { INFISICAL_MACHINE_IDENTITY_ID: "an-identity", AWS_LAMBDA_FUNCTION_NAME: "shop" };
  const error = await failureOf(call(clientFor({ environment }).client));
  expect(error.code).toBe("INVALID_OPTION");
  expect(error.message).toContain(
    "environment must have the same AWS_LAMBDA_FUNCTION_NAME as the process, where the package of aws-auth reads it.",
  );
  expect(server.requests).toEqual([]);
});

test.each([
  ["CIRCLE_OIDC_TOKEN", "CIRCLE_OIDC_TOKEN_V2"],
  ["VERCEL", "VERCEL_OIDC_TOKEN"],
  ["INFISICAL_OCI_AUTH_IDENTITY_ID", "OCI_CONFIG_FILE"],
])(
  "what else the process has for the platform of %s is not used for a record without it",
  async (own, other) => {
    vi.stubEnv(own, "a");
    vi.stubEnv(other, "hunter2");
    const { clientFor, server } = await startServer();
    const environment = { INFISICAL_MACHINE_IDENTITY_ID: "a", [own]: "a" };
    const error = await failureOf(call(clientFor({ environment }).client));
    expect(error.message).toContain(`environment must have the same ${other} as the process`);
    expect(server.requests).toEqual([]);
  },
);

test("a JWT of a record is presented, and read again at each login", async () => {
  const { clientFor, logins } = await startServer();
  const environment: Record<string, string> = {
    INFISICAL_MACHINE_IDENTITY_ID: "an-identity",
    INFISICAL_JWT: "one",
  };
  const { client } = clientFor({ environment });
  await failureOf(client.auth().login());
  environment["INFISICAL_JWT"] = "two";
  await failureOf(client.auth().login());
  expect(logins().map(({ path, body }) => [path, (body as { jwt: string }).jwt])).toEqual([
    ["/api/v1/auth/oidc-auth/login", "one"],
    ["/api/v1/auth/oidc-auth/login", "two"],
  ]);
});
