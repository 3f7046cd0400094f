import { createCertificateRequest } from "@infisical/certificates";
import { type InfisicalSDK, universalAuth } from "@infisical/sdk";
import type { TestServer } from "@infisical/test-server";

/** Keys of AWS that the simulated AWS knows. */
export const awsKeys = {
  accessKeyId: "AKIAFUZZFUZZFUZZFUZZ",
  secretAccessKey: "fuzz-secret-access-key-0123456789abcdef",
};

/** What a lease in use is used for. */
const work = async (): Promise<string> => "done";

/**
 * Values for the options of all methods, by the option's name: what a method refuses, it may take the next one of.
 * Whatever needs an id that a server makes up is made here.
 */
export async function rightValues(
  client: InfisicalSDK,
  server: TestServer,
  inputs: object,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const projectId = server.projectId();
  const place = { projectId, environment: "dev" };
  const folder = await client.folders().create({ ...place, name: "made" });
  const [importLink] = await client.secretImports().list(place);
  const tag = await client.tags().create({ projectId, slug: "made", color: "#00ff00" });
  const { environments = [] } = await client.projects().get({ projectId });
  // A key can be made in the first of these, and found by the name in the second.
  const keysProjectId = server.projectId("fuzz-keys");
  const signersProjectId = server.projectId("fuzz-signers");
  const key = await client.kms().keys().create({ projectId: keysProjectId, name: "made" });
  const signingKey = await client.kms().keys().create({
    projectId: signersProjectId,
    name: "made-up",
    keyUsage: "sign-verify",
    encryptionAlgorithm: "ECC_NIST_P256",
  });
  const plaintext = Buffer.from("fuzz-plaintext").toString("base64");
  const ciphertext = await client.kms().encryption().encrypt({ keyId: key.id, plaintext });
  const signing = { keyId: signingKey.id, signingAlgorithm: "ECDSA_SHA_256" } as const;
  const { signature } = await client
    .kms()
    .signing()
    .sign({ ...signing, data: plaintext });
  const { lease } = await client
    .dynamicSecrets()
    .leases.create({ projectSlug: "fuzz", environmentSlug: "dev", dynamicSecretName: "cache" });
  const made = await client.secrets().createSecret("FUZZ_MOVED", { ...place, secretValue: "fuzz-value-m" });
  const applicationId = "2f1b5c1e-0000-4000-8000-000000000001";
  const profile = server.certificates.createProfile({
    applications: [applicationId],
    defaults: { ttlDays: 9 },
  });
  const attributes = { ttl: "1h" };
  const profileId = profile.id;
  const certificate = await client.certificates().issue({ profileId, applicationId, attributes });
  const { csr } = await createCertificateRequest({ commonName: "made-up" });
  const { clientId, clientSecret } = server.credentials();
  const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));
  const fields = { secretKey: "FUZZ_A", secretValue: "fuzz-value-n" };
  const fresh = { secretKey: "FUZZ_FRESH", secretValue: "fuzz-value-n" };
  return {
    // Where things are.
    projectId: [projectId, keysProjectId, signersProjectId],
    environment: ["dev"],
    secretPath: ["/"],
    path: ["/"],
    projectSlug: ["fuzz"],
    environmentSlug: ["dev"],
    // Secrets.
    secretName: ["FUZZ_A", "FUZZ_FRESH"],
    secretNames: [["FUZZ_A", "FUZZ_MISSING"]],
    secretValue: ["fuzz-value-n"],
    secrets: [[{ ...fields, secretComment: "note" }], [{ secretKey: "FUZZ_A", type: "shared" }], [fresh]],
    secretId: [made.secret.id],
    secretIds: [[made.secret.id]],
    sourceEnvironment: ["dev"],
    sourceSecretPath: ["/"],
    destinationEnvironment: ["prod"],
    destinationSecretPath: ["/"],
    shouldOverwrite: [true],
    newSecretName: ["FUZZ_NEW"],
    secretComment: ["note"],
    secretReminderNote: ["note"],
    secretReminderRepeatDays: [7],
    secretReminderRecipients: [["someone"]],
    forceDelete: [true],
    skipMultilineEncoding: [false],
    tagIds: [[tag.id]],
    metadata: [{ a: "b" }],
    secretMetadata: [[{ key: "a", value: "b" }]],
    expandSecretReferences: [true],
    viewSecretValue: [true],
    includeImports: [true],
    includePersonalOverrides: [false],
    recursive: [false],
    strict: [false],
    tagSlugs: [["one"]],
    tagFilters: [["one"]],
    metadataFilter: [[{ key: "a", value: "b" }]],
    attachToProcessEnv: [{ prefix: "FUZZED_", override: true }],
    etag: ['"etag"'],
    type: ["shared"],
    version: [1],
    mode: ["upsert"],
    // Projects and what is in them.
    name: ["made-up", "Made up", "made"],
    slug: ["made-up", "fuzz"],
    projectName: ["Made up"],
    projectDescription: ["Made up"],
    newSlug: ["made-up"],
    autoCapitalization: [true],
    hasDeleteProtection: [false],
    shouldCreateDefaultEnvs: [true],
    template: ["default"],
    kmsKeyId: [key.id],
    emails: [["someone@example.com"]],
    usernames: [["someone@example.com"]],
    roleSlugs: [["member"]],
    environmentId: [environments[1]?.id],
    folderId: [folder.id],
    tagId: [tag.id],
    tagSlug: ["one"],
    secretImportId: [importLink?.id],
    lastSecretModified: ["2026-01-01T00:00:00.000Z"],
    import: [
      { environment: "prod", path: "/app" },
      { environment: "prod", path: "/app", position: 1 },
    ],
    position: [1],
    color: ["#00ff00"],
    description: ["Made up"],
    isReplication: [false],
    // Dynamic secrets.
    dynamicSecretName: ["cache"],
    leaseId: [lease.id],
    provider: ["redis", { type: "redis", inputs }],
    inputs: [inputs],
    newName: ["renamed"],
    defaultTTL: ["1h"],
    maxTTL: ["24h"],
    ttl: ["1h"],
    config: [{ namespace: "default" }],
    usernameTemplate: ["{{randomUsername}}"],
    isForced: [false],
    onRevokeFailed: [() => undefined],
    work: [work],
    // Keys.
    keyId: [key.id, signingKey.id],
    keyUsage: ["encrypt-decrypt"],
    encryptionAlgorithm: ["aes-256-gcm"],
    isDisabled: [false],
    search: ["made"],
    offset: [0],
    limit: [10],
    orderBy: ["name"],
    orderDirection: ["asc"],
    plaintext: [plaintext, bytes(plaintext)],
    ciphertext: [ciphertext, bytes(ciphertext)],
    data: [plaintext, bytes(plaintext)],
    signature: [signature, bytes(signature)],
    signingAlgorithm: ["ECDSA_SHA_256"],
    isDigest: [false],
    // Certificates.
    profileId: [profileId],
    applicationId: [applicationId],
    certificateId: [certificate.certificateId],
    certificateRequestId: [certificate.certificateRequestId],
    csr: [csr],
    attributes: [attributes],
    removeRootsFromChain: [true],
    wait: ["5s"],
    status: ["active"],
    // Logins and clients.
    strategy: [universalAuth({ clientId, clientSecret })],
    clientId: [clientId],
    clientSecret: [clientSecret],
    organizationSlug: ["acme"],
    identityId: [server.identities[0]?.identityId],
    region: ["eu-west-1"],
    stsRegion: ["eu-west-1"],
    credentials: [awsKeys],
    accessToken: ["fuzz-access-token"],
    revokeToken: [false],
    request: [
      { method: "GET", path: "/api/v1/folders", query: { workspaceId: projectId, environment: "dev" } },
    ],
    timeout: ["5s"],
  };
}
