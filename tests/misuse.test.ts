import { cache } from "@infisical/cache";
import { certificates } from "@infisical/certificates";
import { type ClientOptions, createClient } from "@infisical/core";
import { dynamicSecrets } from "@infisical/dynamic-secrets";
import { loadEnv } from "@infisical/env";
import { kms } from "@infisical/kms";
import { environments, folders, projects } from "@infisical/projects";
import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import { secrets } from "@infisical/secrets";
import { watchSecrets } from "@infisical/watch";
import { expect, test } from "vitest";

/** Somebody without types, who passes anything to anything. */
// biome-ignore lint/suspicious/noExplicitAny: misuse is what types prevent.
type Untyped = any;

const place = { projectId: "p", environment: "dev" };
const slugs = { projectSlug: "p", environmentSlug: "dev" };
const value = { secretValue: "a value" };

const plugins = [
  secrets(),
  environments(),
  folders(),
  projects(),
  dynamicSecrets(),
  kms(),
  certificates(),
] as const;

const clients: Record<string, (options: ClientOptions) => Untyped> = {
  createClient: (options) => createClient({ plugins, ...options }),
  InfisicalSDK: (options) => new InfisicalSDK(options as Untyped),
};

const ofClients: readonly [misuse: string, options: Untyped, message: string][] = [
  ["siteURL", { siteURL: "https://a" }, "siteURL is not an option; did you mean siteUrl?"],
  ["baseUrl", { baseUrl: "https://a" }, "baseUrl is not an option; did you mean siteUrl?"],
  ["apiUrl", { apiUrl: "https://a" }, "apiUrl is not an option; did you mean siteUrl?"],
  ["url", { url: "https://a" }, "url is not an option; did you mean siteUrl?"],
  ["host", { host: "https://a" }, "host is not an option; did you mean siteUrl?"],
  ["clientId", { clientId: "id" }, "clientId is not an option; did you mean auth?"],
  ["accessToken", { accessToken: "t" }, "accessToken is not an option; did you mean auth?"],
  [
    "a login without its function",
    { auth: { clientId: "id", clientSecret: "secret" } },
    "auth must be an auth strategy, for example universalAuth({ ... }), got an object.",
  ],
  [
    "a login that is not called",
    { auth: universalAuth },
    "auth must be an auth strategy, for example universalAuth({ ... }), got a function.",
  ],
  [
    "a middleware that is not in a list",
    { middleware: cache({ ttl: "5m" }) },
    'middleware must be an array such as [cache({ ttl: "5m" })], got a function.',
  ],
  [
    "a plugin that is not called",
    { plugins: [secrets] },
    "plugins[0] must be a plugin, such as what secrets() or definePlugin() returns, got a function.",
  ],
  [
    "a plugin that is not in a list",
    { plugins: secrets() },
    "plugins must be an array such as [secrets()], got an object.",
  ],
];

const ofCalls: readonly (readonly [misuse: string, call: (client: Untyped) => unknown, message: RegExp])[] = [
  // Other names.
  ...Object.entries({
    path: "secretPath",
    folder: "secretPath",
    folderPath: "secretPath",
    env: "environment",
    environmentSlug: "environment",
    project: "projectId",
    projectSlug: "projectId",
    workspaceId: "projectId",
    workspace: "projectId",
    imports: "includeImports",
    expand: "expandSecretReferences",
    attachToEnv: "attachToProcessEnv",
  }).map(
    ([written, meant]) =>
      [
        `listSecrets with ${written}`,
        (client: Untyped) => {
          const { [meant as "projectId"]: _, ...others } = place;
          return client.secrets().listSecrets({ ...others, [written]: "x" });
        },
        new RegExp(`^${written} is not an option; did you mean ${meant}\\?$`),
      ] as const,
  ),
  ...["name", "key", "secretKey", "secretNames"].map(
    (written) =>
      [
        `getSecret with ${written}`,
        (client: Untyped) => client.secrets().getSecret({ ...place, [written]: "A" }),
        new RegExp(`^${written} is not an option; did you mean secretName\\?$`),
      ] as const,
  ),
  ...["names", "keys", "secretName", "secretKeys"].map(
    (written) =>
      [
        `getValues with ${written}`,
        (client: Untyped) => client.secrets().getValues({ ...place, [written]: ["A"] }),
        new RegExp(`^${written} is not an option; did you mean secretNames\\?$`),
      ] as const,
  ),
  ...["name", "key", "secretName"].map(
    (written) =>
      [
        `createSecrets with ${written}`,
        (client: Untyped) =>
          client.secrets().createSecrets({ ...place, secrets: [{ [written]: "A", ...value }] }),
        new RegExp(
          `^secrets\\[0\\]\\.${written} is not an option; did you mean secrets\\[0\\]\\.secretKey\\?$`,
        ),
      ] as const,
  ),
  [
    "createSecret with value",
    (client) => client.secrets().createSecret("A", { ...place, value: "v" }),
    /^value is not an option; did you mean secretValue\?$/,
  ],
  [
    "createSecret with comment",
    (client) => client.secrets().createSecret("A", { ...place, ...value, comment: "c" }),
    /^comment is not an option; did you mean secretComment\?$/,
  ],
  [
    "updateSecret with newName",
    (client) => client.secrets().updateSecret("A", { ...place, newName: "B" }),
    /^newName is not an option; did you mean newSecretName\?$/,
  ],
  [
    "folders with secretPath",
    (client) => client.folders().create({ ...place, name: "app", secretPath: "/" }),
    /^secretPath is not an option; did you mean path\?$/,
  ],
  [
    "folders with env",
    (client) => client.folders().listFolders({ projectId: "p", env: "dev" }),
    /^env is not an option; did you mean environment\?$/,
  ],
  [
    "folders with folderName",
    (client) => client.folders().create({ ...place, folderName: "app" }),
    /^folderName is not an option; did you mean name\?$/,
  ],
  [
    "a folder's id",
    (client) => client.folders().get({ id: "i" }),
    /^id is not an option; did you mean folderId\?$/,
  ],
  [
    "a project's name",
    (client) => client.projects().create({ name: "n" }),
    /^name is .* did you mean projectName\?$/,
  ],
  [
    "a key's id",
    (client) => client.kms().keys().get({ id: "k" }),
    /^id is not an option; did you mean keyId\?$/,
  ],
  [
    "dynamic secrets with projectId",
    (client) => client.dynamicSecrets().list({ projectId: "p", environmentSlug: "dev" }),
    /^projectId is not an option; did you mean projectSlug\?$/,
  ],
  [
    "dynamic secrets with environment",
    (client) => client.dynamicSecrets().list({ projectSlug: "p", environment: "dev" }),
    /^environment is not an option; did you mean environmentSlug\?$/,
  ],
  [
    "a lease with name",
    (client) => client.dynamicSecrets().leases.create({ ...slugs, name: "db" }),
    /^name is not an option; did you mean dynamicSecretName\?$/,
  ],

  // One object for two arguments.
  ...["createSecret", "updateSecret", "deleteSecret"].map(
    (call) =>
      [
        `${call} with one object`,
        (client: Untyped) => client.secrets()[call]({ ...place, secretName: "A", ...value }),
        new RegExp(
          `^secretName must be a non-empty string, the first argument of ${call}\\(secretName, options\\), got an object\\.$`,
        ),
      ] as const,
  ),
  ...["get", "update", "delete"].map(
    (call) =>
      [
        `${call} of a dynamic secret with one object`,
        (client: Untyped) => client.dynamicSecrets()[call]({ ...slugs, dynamicSecretName: "db" }),
        new RegExp(
          `^dynamicSecretName must .* the first argument of ${call}\\(dynamicSecretName, options\\), got an`,
        ),
      ] as const,
  ),
  ...["get", "renew", "delete"].map(
    (call) =>
      [
        `${call} of a lease with one object`,
        (client: Untyped) => client.dynamicSecrets().leases[call]({ ...slugs, leaseId: "id" }),
        new RegExp(
          `^leaseId must .* the first argument of leases\\.${call}\\(leaseId, options\\), got an object\\.$`,
        ),
      ] as const,
  ),
  ...Object.entries({
    getRequest: "certificateRequestId",
    getBundle: "certificateId",
    getLatestBundle: "profileId",
    list: "profileId",
  }).map(
    ([call, name]) =>
      [
        `${call} of certificates with one object`,
        (client: Untyped) => client.certificates()[call]({ [name]: "id" }),
        new RegExp(`^${name} must .* the first argument of ${call}\\(${name}, options\\), got an object\\.$`),
      ] as const,
  ),
  [
    "createSecret with its name in both",
    (client) => client.secrets().createSecret("A", { ...place, ...value, secretName: "A" }),
    /^secretName is not an option but the first argument of createSecret\(secretName, options\)\.$/,
  ],
  [
    "createSecret with a value, which is not repeated",
    (client) => client.secrets().createSecret("A", "hunter2"),
    /^options must be an object with projectId, environment, secretValue, and optionally [^.]*, the second argument of createSecret\(secretName, options\), got a string\.$/,
  ],
  [
    "deleteSecret with a name only",
    (client) => client.secrets().deleteSecret("A"),
    /^options must be an object with projectId, environment, and .* the second argument of deleteSecret\(secretName, options\)\.$/,
  ],

  // Something else for one object.
  [
    "getSecret with a bare name",
    (client) => client.secrets().getSecret("API_KEY"),
    /^options must be an object with secretName, projectId, environment, and optionally .*, got a string\.$/,
  ],
  [
    "getSecret with a name and a location",
    (client) => client.secrets().getSecret("API_KEY", place),
    /^options must be an object with secretName, projectId, environment, and optionally .*, got a string\.$/,
  ],
  [
    "listSecrets without options",
    (client) => client.secrets().listSecrets(),
    /^options must be an object with projectId, environment, and optionally secretPath, /,
  ],
  [
    "createSecrets with a list",
    (client) => client.secrets().createSecrets([{ secretKey: "A", ...value }], place),
    /^options must be an object with projectId, environment, secrets, and optionally .*, got an array\.$/,
  ],
  [
    "folders with a bare id",
    (client) => client.folders().get("id"),
    /^options must be an object with folderId, and optionally signal, timeout, got a string\.$/,
  ],

  // Seconds.
  ...[60, "60"].map(
    (ttl) =>
      [
        `a lease of ${typeof ttl} 60`,
        (client: Untyped) =>
          client.dynamicSecrets().leases.create({ ...slugs, dynamicSecretName: "db", ttl }),
        /^ttl must be at least 1 minute, such as "60s": a number counts milliseconds, got "?60"?\.$/,
      ] as const,
  ),
  [
    "a watch every 30",
    (client) => watchSecrets(client, { ...place, interval: 30 }),
    /^interval must be at least 1 second, such as "60s", and at most 24 days: a number counts milliseconds, got 30\.$/,
  ],
  [
    "loadEnv with path and env",
    (client) => loadEnv({ client, projectId: "p", env: "dev" } as Untyped),
    /^env is not an option; did you mean environment\?$/,
  ],
];

const failureOf = async (call: () => unknown): Promise<unknown> => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return "nothing failed";
};

for (const [kind, connect] of Object.entries(clients)) {
  test.each(ofClients)(`${kind}: %s gets one sentence with the cure`, async (_, options, message) => {
    expect(await failureOf(() => connect(options))).toMatchObject({ code: "INVALID_OPTION", message });
  });

  test.each(ofCalls)(`${kind}: %s gets one sentence with the cure`, async (_, call, message) => {
    const client = connect({
      transport: () => Promise.reject(new Error("nothing may be sent")),
    });
    client.auth().accessToken("token");
    const failure = await failureOf(() => call(client));
    expect(failure).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
  });
}

test.each([
  { ttl: 60 },
  { ttl: "60" },
  { ttl: "5m", staleIfError: 60 },
  { ttl: "5m", staleWhileRevalidate: 60 },
])("a cache with %o gets one sentence with the cure", async (options) => {
  const message = expect.stringMatching(
    /^\w+ must have a unit if it is below 1000: a number counts milliseconds, so write "60s" for seconds, got "?60"?\.$/,
  );
  expect(await failureOf(() => cache(options))).toMatchObject({ code: "INVALID_OPTION", message });
});

test("a short lifetime with a unit is what it says", () => {
  expect(() => cache({ ttl: "60ms", staleIfError: 0, staleWhileRevalidate: "1 s" })).not.toThrow();
  expect(() => cache({ ttl: 1000 })).not.toThrow();
});
