import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loginContext } from "#test-kit";

/** The packages' entries that were loaded, in order. */
const loaded: string[] = [];

const entries = [
  "@infisical/auth-alicloud",
  "@infisical/auth-aws",
  "@infisical/auth-aws/lambda",
  "@infisical/auth-azure",
  "@infisical/auth-gcp",
  "@infisical/auth-kubernetes",
  "@infisical/auth-ldap",
  "@infisical/auth-oci",
  "@infisical/auth-oidc",
  "@infisical/auth-oidc/azure-pipelines",
  "@infisical/auth-oidc/bitbucket",
  "@infisical/auth-oidc/buildkite",
  "@infisical/auth-oidc/circleci",
  "@infisical/auth-oidc/file",
  "@infisical/auth-oidc/fly",
  "@infisical/auth-oidc/gcp",
  "@infisical/auth-oidc/github-actions",
  "@infisical/auth-oidc/gitlab",
  "@infisical/auth-oidc/hcp-terraform",
  "@infisical/auth-oidc/variable",
  "@infisical/auth-oidc/vercel",
  "@infisical/auth-universal",
];

/** What a test puts in the place of an entry. */
const replaced = new Map<string, () => object>();

beforeEach(() => {
  loaded.length = 0;
  replaced.clear();
  vi.resetModules();
  for (const entry of entries) {
    vi.doMock(entry, (importOriginal) => {
      const replacement = replaced.get(entry);
      if (replacement) return replacement();
      loaded.push(entry);
      return importOriginal();
    });
  }
  for (const name of Object.keys(process.env)) vi.stubEnv(name, undefined);
});

afterEach(() => {
  for (const entry of entries) vi.doUnmock(entry);
  vi.unstubAllEnvs();
});

/** How often anything was sent, to Infisical or to a platform. */
let sent = 0;

const unreachable = async (): Promise<never> => {
  sent += 1;
  throw new Error("nothing is reachable");
};
const context = loginContext({ http: { request: unreachable }, transport: unreachable });

async function logIn(variables: Readonly<Record<string, string>>): Promise<unknown> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { environmentAuth } = await import("../src/index.ts");
  return environmentAuth()
    .login(context)
    .catch((error: unknown) => error);
}

const id = { INFISICAL_MACHINE_IDENTITY_ID: "an-identity" };
const client = { INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: "id", INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "secret" };
const oidc = "@infisical/auth-oidc";
const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhcHAifQ.signature";

describe("a login loads the package that it chose, and no other", () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["a token", { INFISICAL_TOKEN: "a-token" }, []],
    ["a client secret", client, ["@infisical/auth-universal"]],
    ["a JWT", { ...id, INFISICAL_JWT: jwt }, [`${oidc}/variable`, oidc]],
    [
      "a JWT for SPIFFE",
      { ...id, INFISICAL_JWT: jwt, INFISICAL_AUTH_METHOD: "spiffe-auth" },
      [`${oidc}/variable`, oidc],
    ],
    [
      "LDAP",
      { ...id, INFISICAL_LDAP_USERNAME: "app", INFISICAL_LDAP_PASSWORD: "secret" },
      ["@infisical/auth-ldap"],
    ],
    [
      "a key file",
      { ...id, INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH: "/key" },
      ["@infisical/auth-gcp"],
    ],
    [
      "a service account's token",
      { ...id, INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN: "token" },
      ["@infisical/auth-kubernetes"],
    ],
    [
      "GitHub Actions",
      { ...id, ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:1/", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "token" },
      [oidc, `${oidc}/github-actions`],
    ],
    [
      "Buildkite",
      { ...id, BUILDKITE_AGENT_ACCESS_TOKEN: "token", BUILDKITE_JOB_ID: "job" },
      [oidc, `${oidc}/buildkite`],
    ],
    ["CircleCI", { ...id, CIRCLE_OIDC_TOKEN: jwt }, [oidc, `${oidc}/circleci`]],
    ["Bitbucket", { ...id, BITBUCKET_STEP_OIDC_TOKEN: jwt }, [oidc, `${oidc}/bitbucket`]],
    [
      "Azure Pipelines",
      {
        ...id,
        SYSTEM_OIDCREQUESTURI: "http://127.0.0.1:1/",
        SYSTEM_ACCESSTOKEN: "token",
        AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "connection",
      },
      [oidc, `${oidc}/azure-pipelines`],
    ],
    ["HCP Terraform", { ...id, TFC_WORKLOAD_IDENTITY_TOKEN: jwt }, [oidc, `${oidc}/hcp-terraform`]],
    [
      "HCP Terraform with a tag",
      { ...id, TFC_WORKLOAD_IDENTITY_TOKEN_INFISICAL: jwt },
      [oidc, `${oidc}/hcp-terraform`],
    ],
    ["Vercel", { ...id, VERCEL_OIDC_TOKEN: jwt }, [oidc, `${oidc}/vercel`]],
    [
      "Lambda",
      {
        ...id,
        AWS_LAMBDA_FUNCTION_NAME: "shop",
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
      },
      ["@infisical/auth-aws"],
    ],
    [
      "App Service",
      { ...id, IDENTITY_ENDPOINT: "http://127.0.0.1:1/", IDENTITY_HEADER: "secret" },
      ["@infisical/auth-azure"],
    ],
    ["Cloud Run", { ...id, K_SERVICE: "shop", METADATA_SERVER_DETECTION: "none" }, ["@infisical/auth-gcp"]],
  ])("%s", async (_, variables, expected) => {
    await logIn(variables);
    expect(loaded).toEqual(expected);
  });

  test.each([
    [
      "Alibaba Cloud",
      {
        INFISICAL_ALICLOUD_AUTH_IDENTITY_ID: "an-identity",
        ALIBABA_CLOUD_ACCESS_KEY_ID: "key",
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret",
      },
      "alicloudAuth",
      "@infisical/auth-alicloud",
    ],
    ["Oracle Cloud", { INFISICAL_OCI_AUTH_IDENTITY_ID: "an-identity" }, "ociAuth", "@infisical/auth-oci"],
  ])("%s", async (_, variables, factory, entry) => {
    const given: unknown[] = [];
    const create = (options: object) => {
      given.push(options);
      return { name: "fake", login: unreachable };
    };
    replaced.set(entry, () => ({ [factory]: create }));
    await logIn(variables);
    expect(loaded).toEqual([]);
    expect(given).toHaveLength(1);
    expect(given[0]).toMatchObject({ identityId: "an-identity" });
    if (factory === "alicloudAuth")
      expect(given[0]).toMatchObject({ accessKeyId: "key", accessKeySecret: "secret" });
  });

  test("nothing is loaded, and nothing sent, to choose or to describe", async () => {
    const { describeEnvironmentAuth } = await import("../src/index.ts");
    sent = 0;
    await describeEnvironmentAuth({ environment: { ...id, ...client } });
    await logIn({ ...id, INFISICAL_LDAP_USERNAME: "app" });
    expect(loaded).toEqual([]);
    expect(sent).toBe(0);
  });
});

test.each([
  "BITBUCKET_STEP_OIDC_TOKEN",
  "CIRCLE_OIDC_TOKEN",
  "INFISICAL_AUTH_JWT",
  "TFC_WORKLOAD_IDENTITY_TOKEN",
  "TFC_WORKLOAD_IDENTITY_TOKEN_INFISICAL",
  "VERCEL_OIDC_TOKEN",
])("the token in %s is presented to Infisical", async (name) => {
  sent = 0;
  // What the fake server throws, which comes after the token was found.
  expect(await logIn({ ...id, [name]: jwt })).toEqual(new Error("nothing is reachable"));
  expect(sent).toBe(1);
});

test("the error of a package that is not installed names it, and what was chosen", async () => {
  replaced.set("@infisical/auth-ldap", () => {
    throw new Error("Cannot find package");
  });
  const error = await logIn({ ...id, INFISICAL_LDAP_USERNAME: "app", INFISICAL_LDAP_PASSWORD: "hunter2" });
  expect(error).toMatchObject({ code: "INVALID_OPTION" });
  const { message } = error as Error;
  expect(message).toContain(
    "@infisical/auth-ldap could not be loaded: install it (npm install @infisical/auth-ldap).",
  );
  expect(message).toContain(
    "Chose ldap-auth, because INFISICAL_LDAP_USERNAME and INFISICAL_LDAP_PASSWORD are set.",
  );
  expect(message).not.toContain("hunter2");
});
