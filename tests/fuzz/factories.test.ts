import { generateKeyPairSync } from "node:crypto";
import { alicloudAuth } from "@infisical/auth-alicloud";
import * as aws from "@infisical/auth-aws";
import * as awsInLambda from "@infisical/auth-aws/lambda";
import { azureAuth } from "@infisical/auth-azure";
import { environmentAuth } from "@infisical/auth-env";
import { gcpIamAuth, gcpIdTokenAuth } from "@infisical/auth-gcp";
import { kubernetesAuth } from "@infisical/auth-kubernetes";
import { ldapAuth } from "@infisical/auth-ldap";
import { ociAuth } from "@infisical/auth-oci";
import { jwtAuth, oidcAuth, spiffeAuth } from "@infisical/auth-oidc";
import { azurePipelines } from "@infisical/auth-oidc/azure-pipelines";
import { gcpMetadata } from "@infisical/auth-oidc/gcp";
import { githubActions } from "@infisical/auth-oidc/github-actions";
import { gitlab } from "@infisical/auth-oidc/gitlab";
import { tlsCertAuth } from "@infisical/auth-tls-cert";
import type { AuthStrategy, ClientOptions, Observer, TokenSource, Transport } from "@infisical/core";
import { kyTransport } from "@infisical/core/ky";
import { nodeTransport } from "@infisical/core/node";
import { defineEnv, loadEnv } from "@infisical/env";
import { register } from "@infisical/env/next";
import { infisical } from "@infisical/middy";
import { InfisicalModule, infisicalConfig, infisicalHealth } from "@infisical/nestjs";
import { telemetry } from "@infisical/opentelemetry";
import * as umbrella from "@infisical/sdk";
import { cache, createClient, InfisicalSDK, secrets, tokenAuth, universalAuth } from "@infisical/sdk";
import { undiciTransport } from "@infisical/transport-undici";
import {
  type OnRotationOptions,
  onRotation,
  type SecretsWatcher,
  type VerifyWebhookOptions,
  verifyWebhook,
  type WatchableClient,
  type WatchSecretsOptions,
  watchSecrets,
} from "@infisical/watch";
import { metrics, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { afterEach, beforeEach, test, vi } from "vitest";
import { hunt } from "../leak-hunt/hunt.ts";
import { Leftovers } from "./leftovers.ts";
import { hold, testTimeout } from "./settings.ts";
import { spoil, spoilt } from "./spoil.ts";
import { outcomeOf } from "./verdict.ts";
import { createWorld, type World } from "./world.ts";

/** A function that makes something, right options for it, and what it makes put to use. */
interface Factory {
  readonly name: string;
  readonly make: (...args: readonly never[]) => unknown;
  readonly options: (world: World, siteUrl: string) => object;
  /** Settles as a call does. Nothing by default. */
  readonly use?: (made: never, world: World, siteUrl: string) => Promise<unknown>;
}

const ldapPassword = "fuzz-ldap-password";
const accessKeySecret = "fuzz-access-key-secret";
const fallbackKey = "fuzzFallbackKey0123456789abcdefgh";

/** The key of a service account, which signs, though no server knows it. */
const serviceAccount = {
  client_email: "fuzz@acme.iam.gserviceaccount.com",
  private_key: generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey,
  private_key_id: "fuzz-key",
};

const retry = { limit: 1, baseDelay: 1, maxDelay: 1 };

function read(world: World, options: ClientOptions): Promise<unknown> {
  const client = createClient({
    siteUrl: "https://fuzz.example",
    transport: world.watch.transport,
    retry,
    ...options,
  });
  if (!options.auth) client.auth().accessToken("fuzz-access-token");
  return client.request({ method: "GET", path: "/api/v1/folders" });
}

const logIn = (auth: AuthStrategy, world: World) => read(world, { auth });
const send = (transport: Transport, world: World, siteUrl: string) => read(world, { transport, siteUrl });
const awsOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  region: "eu-west-1",
  stsRegion: "eu-west-1",
  credentials: values["credentials"]?.[0],
  organizationSlug: "acme",
});
const tokenOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  token: async () => "fuzz-platform-token",
  organizationSlug: "acme",
});
const kubernetesOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  tokenPath: "/nowhere/token",
  organizationSlug: "acme",
});
const gcpIamOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  credentials: serviceAccount,
  organizationSlug: "acme",
});
const azureOptions = (world: World): object => ({
  ...tokenOptions(world),
  clientId: "a-client",
  resource: "https://management.azure.com/",
});
const ldapOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  username: "app",
  password: ldapPassword,
  organizationSlug: "acme",
});
const ociOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  tenancy: "ocid1.tenancy.oc1..acme",
  user: "ocid1.user.oc1..app",
  fingerprint: "20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34",
  region: "eu-frankfurt-1",
  privateKey: serviceAccount.private_key,
  organizationSlug: "acme",
});
const alicloudOptions = ({ values }: World): object => ({
  identityId: values["identityId"]?.[0],
  accessKeyId: "LTAI5tFuzz",
  accessKeySecret,
  organizationSlug: "acme",
});
const tlsCertOptions = ({ values, watch }: World): object => ({
  identityId: values["identityId"]?.[0],
  loginUrl: "https://login.fuzz.example",
  transport: watch.transport,
  organizationSlug: "acme",
});
const environmentOptions = ({ server }: World): object => {
  const { clientId, clientSecret } = server.credentials();
  const environment = {
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  };
  return { method: "universal-auth", environment };
};
const present = (token: TokenSource, world: World) =>
  logIn(oidcAuth({ identityId: String(world.values["identityId"]?.[0]), token }), world);
const clientOptions = ({ watch, values }: World, siteUrl: string): object => ({
  siteUrl,
  auth: values["strategy"]?.[0],
  middleware: [cache({ ttl: "1m" })],
  transport: watch.transport,
  timeout: "5s",
  maxConcurrent: 4,
  retry,
  headers: { "x-fuzz": "1" },
  onEvent: () => undefined,
  observer: () => ({ onEvent: () => undefined, around: (_: unknown, run: () => void) => run() }),
  namesInEvents: true,
});

/** What reads variables, with a client that is watched. */
const loadEnvOptions = ({ server, watch }: World): object => ({
  client: createClient({
    siteUrl: "https://fuzz.example",
    transport: watch.transport,
    auth: universalAuth(server.credentials()),
    retry,
    plugins: [secrets()],
  }),
  projectId: server.projectId(),
  environment: "dev",
  secretPath: "/",
  recursive: true,
  includeImports: true,
  expandSecretReferences: true,
  override: true,
  allow: ["HTTPS_PROXY"],
  timeout: "5s",
});

/** A client whose folder is empty, for what watches. */
const emptyFolder: WatchableClient = {
  secrets: () => ({
    listSecretsIfChanged: async () => ({ secrets: [], notModified: false, etag: undefined }),
  }),
};
const webhook = {
  body: '{"event":"test","project":{"workspaceId":"w","environment":"dev","secretPath":"/"},"timestamp":1}',
  signature: `t=1;${"0".repeat(64)}`,
};

const factories: readonly Factory[] = [
  {
    name: "createClient",
    make: createClient,
    options: (...given) => ({ ...clientOptions(...given), plugins: [secrets()] }),
    use: (client: umbrella.Client) => client.request({ method: "GET", path: "/api/v1/folders" }),
  },
  {
    name: "new InfisicalSDK",
    make: (options) => new InfisicalSDK(options),
    options: clientOptions,
    use: (client: InfisicalSDK) => client.folders().get({ folderId: "none" }),
  },
  {
    name: "cache",
    make: cache,
    options: () => ({
      ttl: "1m",
      staleWhileRevalidate: "1m",
      staleIfError: "1m",
      maxEntries: 10,
      onStaleIfError: () => undefined,
      store: { get: () => undefined, set: () => undefined, delete: () => undefined },
      encryptionKey: "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f",
      storeTimeout: 250,
    }),
    use: (layer: umbrella.CacheMiddleware, world) => read(world, { middleware: [layer] }),
  },
  {
    name: "telemetry",
    make: telemetry,
    options: () => ({
      tracer: trace.getTracer("fuzz"),
      meter: metrics.getMeter("fuzz"),
      spanKind: "internal",
    }),
    use: (observer: Observer, world) => read(world, { observer }),
  },
  {
    name: "observer",
    make: (follower) => () => follower,
    options: () => ({ onEvent: () => undefined, around: (_: unknown, run: () => void) => run() }),
    use: async (observer: Observer, world) => read(world, { observer }),
  },
  {
    name: "cache().invalidate",
    make: (options) => cache({ ttl: "1m" }).invalidate(options),
    options: () => ({ projectId: "p", environment: "dev", secretPath: "/", secretName: "A" }),
  },
  {
    name: "defineEnv",
    make: defineEnv,
    options: () => ({
      projectId: "p",
      environment: "dev",
      secretPath: ["/"],
      override: true,
      timeout: "1s",
      fallback: "a-file",
      fallbackKey: fallbackKey,
    }),
  },
  {
    name: "loadEnv",
    make: (options) => ({ load: () => loadEnv(options) }),
    options: loadEnvOptions,
    use: ({ load }: { load(): Promise<unknown> }) => load(),
  },
  {
    name: "infisicalConfig",
    make: (options) => ({ load: infisicalConfig(options) }),
    options: loadEnvOptions,
    use: ({ load }: { load(): Promise<unknown> }) => load(),
  },
  {
    name: "InfisicalModule.forRoot",
    make: (options) => InfisicalModule.forRoot(options),
    options: (...given) => ({
      ...clientOptions(...given),
      name: "fuzz",
      isGlobal: true,
      revokeToken: true,
      keepOpen: false,
      shutdownTimeout: "1s",
    }),
  },
  {
    name: "InfisicalModule.forRootAsync",
    make: (options) => InfisicalModule.forRootAsync(options),
    options: () => ({
      name: "fuzz",
      isGlobal: true,
      imports: [],
      inject: [],
      useFactory: () => ({ auth: tokenAuth({ token: "fuzz-access-token" }) }),
    }),
  },
  {
    name: "infisicalHealth",
    make: (options) => ({ check: () => infisicalHealth({ request: async () => ({}) as never }, options) }),
    options: () => ({ key: "fuzz", timeout: "1s" }),
    use: ({ check }: { check(): Promise<unknown> }) => check(),
  },
  {
    name: "register of env/next",
    make: (options) => ({ load: () => register(options) }),
    options: (world) => ({ ...loadEnvOptions(world), secretPath: "/nowhere", duringBuild: true }),
    use: ({ load }: { load(): Promise<unknown> }) => load(),
  },
  { name: "secrets", make: secrets, options: () => ({ apiVersion: "v4" }) },
  { name: "tokenAuth", make: tokenAuth, options: () => ({ token: "fuzz-access-token" }), use: logIn },
  {
    name: "universalAuth",
    make: universalAuth,
    options: ({ server }) => ({ ...server.credentials(), organizationSlug: "acme" }),
    use: logIn,
  },
  { name: "awsIamAuth of auth-aws", make: aws.awsIamAuth, options: awsOptions, use: logIn },
  { name: "awsIamAuth of auth-aws/lambda", make: awsInLambda.awsIamAuth, options: awsOptions, use: logIn },
  { name: "awsIamAuth of sdk", make: umbrella.awsIamAuth, options: awsOptions, use: logIn },
  { name: "oidcAuth", make: oidcAuth, options: tokenOptions, use: logIn },
  { name: "jwtAuth", make: jwtAuth, options: tokenOptions, use: logIn },
  { name: "spiffeAuth", make: spiffeAuth, options: tokenOptions, use: logIn },
  { name: "oidcAuth of sdk", make: umbrella.oidcAuth, options: tokenOptions, use: logIn },
  { name: "kubernetesAuth", make: kubernetesAuth, options: kubernetesOptions, use: logIn },
  { name: "kubernetesAuth of sdk", make: umbrella.kubernetesAuth, options: kubernetesOptions, use: logIn },
  { name: "gcpIdTokenAuth", make: gcpIdTokenAuth, options: tokenOptions, use: logIn },
  { name: "gcpIdTokenAuth of sdk", make: umbrella.gcpIdTokenAuth, options: tokenOptions, use: logIn },
  { name: "gcpIamAuth", make: gcpIamAuth, options: gcpIamOptions, use: logIn },
  { name: "gcpIamAuth of sdk", make: umbrella.gcpIamAuth, options: gcpIamOptions, use: logIn },
  { name: "azureAuth", make: azureAuth, options: azureOptions, use: logIn },
  { name: "azureAuth of sdk", make: umbrella.azureAuth, options: azureOptions, use: logIn },
  { name: "ldapAuth", make: ldapAuth, options: ldapOptions, use: logIn },
  { name: "tlsCertAuth", make: tlsCertAuth, options: tlsCertOptions, use: logIn },
  { name: "tlsCertAuth of sdk", make: umbrella.tlsCertAuth, options: tlsCertOptions, use: logIn },
  { name: "ldapAuth of sdk", make: umbrella.ldapAuth, options: ldapOptions, use: logIn },
  { name: "ociAuth", make: ociAuth, options: ociOptions, use: logIn },
  { name: "ociAuth of sdk", make: umbrella.ociAuth, options: ociOptions, use: logIn },
  { name: "alicloudAuth", make: alicloudAuth, options: alicloudOptions, use: logIn },
  { name: "alicloudAuth of sdk", make: umbrella.alicloudAuth, options: alicloudOptions, use: logIn },
  { name: "environmentAuth", make: environmentAuth, options: environmentOptions, use: logIn },
  { name: "environmentAuth of sdk", make: umbrella.environmentAuth, options: environmentOptions, use: logIn },
  {
    name: "fromEnvironment of InfisicalSDK",
    make: (options) => InfisicalSDK.fromEnvironment(options),
    options: (world, siteUrl) => ({
      ...clientOptions(world, siteUrl),
      environment: { INFISICAL_DOMAIN: siteUrl, INFISICAL_CUSTOM_HEADERS: "X-Fuzz=1" },
    }),
    use: (client: InfisicalSDK) => client.folders().get({ folderId: "none" }),
  },
  { name: "githubActions", make: githubActions, options: () => ({ audience: "a" }), use: present },
  { name: "gitlab", make: gitlab, options: () => ({ variable: "FUZZ_TOKEN" }), use: present },
  {
    name: "azurePipelines",
    make: azurePipelines,
    options: () => ({ serviceConnectionId: "00000000-0000-4000-8000-000000000000" }),
    use: present,
  },
  { name: "gcpMetadata", make: gcpMetadata, options: () => ({ audience: "a" }), use: present },
  {
    name: "infisical of middy",
    make: (options) => infisical(options),
    options: (world, siteUrl) => ({
      client: clientOptions(world, siteUrl),
      projectId: world.values["projectId"]?.[0],
      environment: "dev",
      secretPath: "/",
      fetchData: { one: "FUZZ_A", other: { secretName: "FUZZ_A", parse: String }, all: { secretPath: "/" } },
      cacheKey: "fuzz",
      cacheExpiry: "5m",
      cacheKeyExpiry: { fuzz: "1m" },
      disablePrefetch: true,
      setToContext: true,
    }),
    use: ({ before }: ReturnType<typeof infisical>) => before({ internal: {}, context: {} } as never),
  },
  {
    name: "watchSecrets",
    make: (options: WatchSecretsOptions) => watchSecrets(emptyFolder, options),
    options: ({ values }) => ({
      projectId: values["projectId"]?.[0],
      environment: "dev",
      interval: "1m",
      tagSlugs: ["a"],
    }),
    use: async (watcher: SecretsWatcher) => {
      await watcher.refresh().finally(() => watcher.close());
    },
  },
  {
    name: "onRotation",
    make: (options: OnRotationOptions) => {
      const watcher = watchSecrets(emptyFolder, { projectId: "p", environment: "dev" });
      try {
        return onRotation(watcher, "FUZZ_A", () => undefined, options);
      } finally {
        watcher.close();
      }
    },
    options: () => ({ onError: () => undefined, onMissing: () => undefined }),
  },
  {
    name: "verifyWebhook",
    make: (options: VerifyWebhookOptions) => () => verifyWebhook(options),
    options: () => ({ ...webhook, secret: ["fuzz-webhook-secret"], tolerance: "5m" }),
    use: (verify: () => Promise<unknown>) => verify(),
  },
  {
    name: "nodeTransport",
    make: nodeTransport,
    options: () => ({ maxSockets: 2, maxResponseSize: 10_000 }),
    use: send,
  },
  { name: "kyTransport", make: kyTransport, options: () => ({ fetch, maxResponseSize: 10_000 }), use: send },
  { name: "undiciTransport", make: undiciTransport, options: () => ({ maxResponseSize: 10_000 }), use: send },
];

const leftovers = new Leftovers();
beforeEach(() => {
  // What is left out is looked for: not on this machine, and not in its network.
  const files = [
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH",
    "OCI_CONFIG_FILE",
  ];
  for (const name of files) vi.stubEnv(name, "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("METADATA_SERVER_DETECTION", "none");
  // Without the header, this is Azure Arc, which is refused at once.
  vi.stubEnv("IDENTITY_ENDPOINT", "http://fuzz.example/");
  vi.stubEnv("IDENTITY_HEADER", undefined);
});
afterEach(() => vi.unstubAllEnvs());

test("what is made with anything is refused by name, or works and fails like everything else", {
  timeout: testTimeout,
}, async () => {
  const world = await createWorld();
  hunt.hide(serviceAccount.private_key, ldapPassword, accessKeySecret, fallbackKey);
  const { siteUrl } = await world.server.listen();
  leftovers.begin();
  const property = fc.asyncProperty(fc.constantFrom(...factories.keys()), spoil, async (index, how) => {
    const { name, make, options, use } = factories[index] as Factory;
    const args = spoilt([options(world, siteUrl)], how);
    await leftovers.during(async () => {
      const outcome = await outcomeOf(name, false, () => make(...(args as never[])));
      if (!("value" in outcome) || use === undefined) return;
      // Without a transport, requests would leave this machine.
      const leaves = name.endsWith("Client") || name.endsWith("SDK");
      const given = Object(args[0]) as { transport?: unknown; siteUrl?: unknown };
      if (leaves && given.siteUrl !== siteUrl && given.transport !== world.watch.transport) return;
      await outcomeOf(`${name} in use`, true, () => use(outcome.value as never, world, siteUrl));
    });
  });
  await hold("factories", property, { share: 0.15, runs: 500 });
  await world.server.close();
  await leftovers.end();
});
