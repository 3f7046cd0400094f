import type * as official from "infisical-official";

/** What the calls of one side know: the ids of its own server. */
export interface Side {
  readonly sdk: official.InfisicalSDK;
  readonly projectId: string;
  /** Projects for keys to encrypt with and to sign with. */
  readonly keysId: string;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  /** What earlier calls returned, by the names that they chose. */
  readonly known: Map<string, string>;
}

/** A call: what it is about, the function that it calls, and how. */
export type Call = readonly [what: string, name: string, call: (side: Side) => unknown];

const unknownId = "00000000-0000-4000-8000-000000000000";
const dev = ({ projectId }: Side) => ({ projectId, environment: "dev" });
const place = { projectSlug: "shop", environmentSlug: "dev" } as const;
const data = Buffer.from("some data").toString("base64");

/** Keeps the id of what a call returns for later calls. */
async function keep<Value>(
  { known }: Side,
  name: string,
  value: Promise<Value>,
  idOf: (value: Value) => string,
) {
  known.set(name, idOf(await value));
  return value;
}

const idOf = ({ known }: Side, name: string): string => known.get(name) ?? `no ${name}`;

const redis = {
  type: "redis",
  inputs: {
    host: "redis.example.com",
    port: 6379,
    username: "default",
    password: "a-password",
    creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
    renewStatement: "ACL SETUSER {{username}} on",
    revocationStatement: "ACL DELUSER {{username}}",
  },
} as const;

/** The name of a credential that a server makes up is another one every time. */
const made = (value: object) =>
  JSON.parse(
    JSON.stringify(value, (key, text) => (key === "data" || key === "externalEntityId" ? typeof text : text)),
  );

const logins: readonly Call[] = [
  ["before a login there is no token", "auth().getAccessToken", ({ sdk }) => sdk.auth().getAccessToken()],
  [
    "a login returns the client",
    "auth().universalAuth.login",
    async ({ sdk, credentials }) => (await sdk.auth().universalAuth.login(credentials)) === sdk,
  ],
  [
    "a token is renewed",
    "auth().universalAuth.renew",
    async ({ sdk }) => (await sdk.auth().universalAuth.renew()) === sdk,
  ],
  [
    "a token is renewed by another method",
    "auth().awsIamAuth.renew",
    async ({ sdk }) => (await sdk.auth().awsIamAuth.renew()) === sdk,
  ],
  [
    "the token can be set again",
    "auth().accessToken",
    ({ sdk }) => sdk.auth().accessToken(sdk.auth().getAccessToken() ?? "") === sdk,
  ],
];

const secrets: readonly Call[] = [
  [
    "a secret is created",
    "secrets().createSecret",
    (side) =>
      side.sdk.secrets().createSecret("NEW", {
        ...dev(side),
        secretValue: "v",
        secretComment: "note",
        skipMultilineEncoding: true,
      }),
  ],
  [
    "a personal secret is created",
    "secrets().createSecret",
    (side) =>
      side.sdk
        .secrets()
        .createSecret("GREETING", { ...dev(side), secretValue: "mine", type: "personal" as never }),
  ],
  [
    "a secret that exists",
    "secrets().createSecret",
    (side) => side.sdk.secrets().createSecret("NEW", { ...dev(side), secretValue: "v" }),
  ],
  [
    "a secret is read",
    "secrets().getSecret",
    (side) => side.sdk.secrets().getSecret({ ...dev(side), secretName: "NEW" }),
  ],
  [
    "a reference is replaced",
    "secrets().getSecret",
    (side) => side.sdk.secrets().getSecret({ ...dev(side), secretName: "REFERENCE" }),
  ],
  [
    "a reference is left",
    "secrets().getSecret",
    (side) =>
      side.sdk.secrets().getSecret({ ...dev(side), secretName: "REFERENCE", expandSecretReferences: false }),
  ],
  [
    "a value is hidden",
    "secrets().getSecret",
    (side) => side.sdk.secrets().getSecret({ ...dev(side), secretName: "NEW", viewSecretValue: false }),
  ],
  [
    "a version is read",
    "secrets().getSecret",
    (side) => side.sdk.secrets().getSecret({ ...dev(side), secretName: "NEW", version: 1 }),
  ],
  [
    "a secret that is missing",
    "secrets().getSecret",
    (side) => side.sdk.secrets().getSecret({ ...dev(side), secretName: "NOPE" }),
  ],
  [
    "a secret of an unknown project",
    "secrets().getSecret",
    (side) => side.sdk.secrets().getSecret({ ...dev(side), projectId: unknownId, secretName: "NEW" }),
  ],
  ["secrets are listed", "secrets().listSecrets", (side) => side.sdk.secrets().listSecrets(dev(side))],
  [
    "secrets are listed with everything",
    "secrets().listSecrets",
    (side) =>
      side.sdk.secrets().listSecrets({
        ...dev(side),
        secretPath: "/",
        recursive: true,
        includeImports: true,
        expandSecretReferences: true,
        viewSecretValue: true,
      }),
  ],
  [
    "secrets are listed by tag",
    "secrets().listSecrets",
    (side) => side.sdk.secrets().listSecrets({ ...dev(side), tagSlugs: ["red"] }),
  ],
  [
    "a folder that is missing",
    "secrets().listSecrets",
    (side) => side.sdk.secrets().listSecrets({ ...dev(side), secretPath: "/nowhere" }),
  ],
  [
    "imports without a clash are merged",
    "secrets().listSecretsWithImports",
    async (side) =>
      (await side.sdk.secrets().listSecretsWithImports(dev(side))).map(({ secretKey, secretValue }) => [
        secretKey,
        secretValue,
      ]),
  ],
  [
    "a secret is changed and renamed",
    "secrets().updateSecret",
    (side) =>
      side.sdk
        .secrets()
        .updateSecret("NEW", { ...dev(side), secretValue: "w", newSecretName: "NEWER", secretComment: "" }),
  ],
  [
    "a change of a missing secret",
    "secrets().updateSecret",
    (side) => side.sdk.secrets().updateSecret("NOPE", { ...dev(side), secretValue: "w" }),
  ],
  [
    "a secret is deleted",
    "secrets().deleteSecret",
    (side) => side.sdk.secrets().deleteSecret("NEWER", dev(side)),
  ],
  [
    "a deletion of a missing secret",
    "secrets().deleteSecret",
    (side) => side.sdk.secrets().deleteSecret("NEWER", dev(side)),
  ],
];

const resources: readonly Call[] = [
  [
    "a project is created",
    "projects().create",
    (side) =>
      side.sdk.projects().create({
        projectName: "Web",
        slug: "web-project",
        type: "secret-manager",
        projectDescription: "sells",
      }),
  ],
  [
    "a slug of a project that is taken",
    "projects().create",
    (side) => side.sdk.projects().create({ projectName: "Web", slug: "web-project", type: "secret-manager" }),
  ],
  [
    "people are invited",
    "projects().inviteMembers",
    (side) =>
      side.sdk.projects().inviteMembers({
        projectId: side.projectId,
        emails: ["ann@example.com"],
        usernames: ["bob"],
        roleSlugs: ["viewer"],
      }),
  ],
  [
    "people for an unknown project",
    "projects().inviteMembers",
    (side) => side.sdk.projects().inviteMembers({ projectId: unknownId, emails: ["ann@example.com"] }),
  ],
  [
    "an environment is created",
    "environments().create",
    ({ sdk, projectId }) => sdk.environments().create({ projectId, name: "QA", slug: "qa", position: 1 }),
  ],
  [
    "a slug of an environment that is taken",
    "environments().create",
    ({ sdk, projectId }) => sdk.environments().create({ projectId, name: "QA", slug: "qa" }),
  ],
  [
    "a folder is created",
    "folders().create",
    (side) =>
      side.sdk.folders().create({ ...dev(side), name: "leaf", path: "/deep", description: "the last" }),
  ],
  [
    "a folder that exists",
    "folders().create",
    (side) => side.sdk.folders().create({ ...dev(side), name: "leaf", path: "/deep" }),
  ],
  [
    "folders are listed",
    "folders().listFolders",
    (side) => side.sdk.folders().listFolders({ ...dev(side), path: "/", recursive: true }),
  ],
  [
    "folders in a missing folder",
    "folders().listFolders",
    (side) => side.sdk.folders().listFolders({ ...dev(side), path: "/nowhere" }),
  ],
];

const dynamicSecrets: readonly Call[] = [
  [
    "a dynamic secret is created",
    "dynamicSecrets().create",
    ({ sdk }) =>
      sdk.dynamicSecrets().create({
        ...place,
        name: "cache",
        provider: redis as never,
        defaultTTL: "1h",
        maxTTL: "24h",
        path: "/",
      }),
  ],
  [
    "a dynamic secret that exists",
    "dynamicSecrets().create",
    ({ sdk }) =>
      sdk.dynamicSecrets().create({
        ...place,
        name: "cache",
        provider: redis as never,
        defaultTTL: "1h",
        maxTTL: "24h",
        path: "/",
      }),
  ],
  [
    "a lease is created",
    "dynamicSecrets().leases.create",
    async (side) => {
      const lease = side.sdk
        .dynamicSecrets()
        .leases.create({ ...place, dynamicSecretName: "cache", path: "/", ttl: "10m" });
      return made(await keep(side, "lease", lease, ({ lease }) => lease.id));
    },
  ],
  [
    "a lease is renewed",
    "dynamicSecrets().leases.renew",
    async (side) =>
      made(
        await side.sdk
          .dynamicSecrets()
          .leases.renew(idOf(side, "lease"), { ...place, path: "/", ttl: "20m" }),
      ),
  ],
  [
    "a lease is revoked",
    "dynamicSecrets().leases.delete",
    async (side) =>
      made(
        await side.sdk
          .dynamicSecrets()
          .leases.delete(idOf(side, "lease"), { ...place, path: "/", isForced: false }),
      ),
  ],
  [
    "a lease that is missing",
    "dynamicSecrets().leases.delete",
    (side) =>
      side.sdk.dynamicSecrets().leases.delete(idOf(side, "lease"), { ...place, path: "/", isForced: false }),
  ],
  [
    "a dynamic secret is deleted",
    "dynamicSecrets().delete",
    ({ sdk }) => sdk.dynamicSecrets().delete("cache", { ...place, path: "/", isForced: false }),
  ],
  [
    "a lease of a missing dynamic secret",
    "dynamicSecrets().leases.create",
    ({ sdk }) =>
      sdk.dynamicSecrets().leases.create({ ...place, dynamicSecretName: "cache", path: "/", ttl: "10m" }),
  ],
];

const keys: readonly Call[] = [
  [
    "a key is created",
    "kms().keys().create",
    (side) =>
      keep(
        side,
        "key",
        side.sdk
          .kms()
          .keys()
          .create({
            projectId: side.keysId,
            name: "a-key",
            description: "for data",
            keyUsage: "encrypt-decrypt" as never,
            encryptionAlgorithm: "aes-256-gcm" as never,
          }),
        ({ id }) => id,
      ),
  ],
  [
    "a key to sign with is created",
    "kms().keys().create",
    (side) =>
      keep(
        side,
        "signing-key",
        side.sdk
          .kms()
          .keys()
          .create({
            projectId: side.keysId,
            name: "a-signing-key",
            keyUsage: "sign-verify" as never,
            encryptionAlgorithm: "ECC_NIST_P256" as never,
          }),
        ({ id }) => id,
      ),
  ],
  [
    "a key is found by its name",
    "kms().keys().getByName",
    ({ sdk, keysId }) => sdk.kms().keys().getByName({ projectId: keysId, name: "a-key" }),
  ],
  [
    "a key that is missing",
    "kms().keys().getByName",
    ({ sdk, keysId }) => sdk.kms().keys().getByName({ projectId: keysId, name: "no-key" }),
  ],
  [
    "data is encrypted",
    "kms().encryption().encrypt",
    async (side) => {
      const ciphertext = side.sdk
        .kms()
        .encryption()
        .encrypt({ keyId: idOf(side, "key"), plaintext: data });
      // It begins with random bytes.
      return (await keep(side, "ciphertext", ciphertext, (text) => text)).length;
    },
  ],
  [
    "data is decrypted",
    "kms().encryption().decrypt",
    (side) =>
      side.sdk
        .kms()
        .encryption()
        .decrypt({ keyId: idOf(side, "key"), ciphertext: idOf(side, "ciphertext") }),
  ],
  [
    "algorithms are listed",
    "kms().signing().listSigningAlgorithms",
    (side) =>
      side.sdk
        .kms()
        .signing()
        .listSigningAlgorithms({ keyId: idOf(side, "signing-key") }),
  ],
  [
    "a public key is there",
    "kms().signing().getPublicKey",
    async (side) =>
      (
        await side.sdk
          .kms()
          .signing()
          .getPublicKey({ keyId: idOf(side, "signing-key") })
      ).length,
  ],
  [
    "data is signed",
    "kms().signing().sign",
    async (side) => {
      const signing = { keyId: idOf(side, "signing-key"), data, signingAlgorithm: "ECDSA_SHA_256" as never };
      const { signature, ...rest } = await keep(
        side,
        "signature",
        side.sdk.kms().signing().sign(signing),
        ({ signature }) => signature,
      );
      return { ...rest, signature: typeof signature };
    },
  ],
  [
    "a signature is verified",
    "kms().signing().verify",
    (side) =>
      side.sdk
        .kms()
        .signing()
        .verify({
          keyId: idOf(side, "signing-key"),
          data,
          signature: idOf(side, "signature"),
          signingAlgorithm: "ECDSA_SHA_256" as never,
        }),
  ],
  [
    "a key is deleted",
    "kms().keys().delete",
    (side) =>
      side.sdk
        .kms()
        .keys()
        .delete({ keyId: idOf(side, "key") }),
  ],
  [
    "a deletion of a missing key",
    "kms().keys().delete",
    (side) =>
      side.sdk
        .kms()
        .keys()
        .delete({ keyId: idOf(side, "key") }),
  ],
];

/** Calls of every function of the official SDK, in an order in which each finds what it needs. */
export const calls: readonly Call[] = [...logins, ...secrets, ...resources, ...dynamicSecrets, ...keys];
