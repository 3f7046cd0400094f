import { createTestServer, type TestServer } from "@infisical/test-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type CreateKmsKeyOptions,
  type CreateProjectResponse,
  EncryptionAlgorithm,
  type Environment,
  type Folder,
  InfisicalSDK,
  KeyUsage,
  type KmsKey,
  type KmsSignDataResponse,
  type Membership,
  type Project,
  SigningAlgorithm,
} from "../src/index.ts";

let server: TestServer;
let client: InfisicalSDK;

beforeEach(async () => {
  server = createTestServer();
  const { siteUrl } = await server.listen();
  client = new InfisicalSDK({ siteUrl });
  const [{ clientId = "", clientSecret = "" } = {}] = server.identities;
  await client.auth().universalAuth.login({ clientId, clientSecret });
});
afterEach(() => server.close());

test("projects, environments and folders, as documented", async () => {
  const project: Project = await client.projects().create({
    projectName: "My Project",
    type: "secret-manager",
    projectDescription: "Optional description",
    slug: "my-project",
    template: "default",
  });
  expect(project).toMatchObject({ name: "My Project", slug: "my-project" });
  const members: Membership[] = await client.projects().inviteMembers({
    projectId: project.id,
    emails: ["user@example.com"],
    usernames: ["another"],
    roleSlugs: ["member"],
  });
  expect(members).toHaveLength(2);
  const environment: Environment = await client.environments().create({
    name: "Test environment",
    projectId: project.id,
    slug: "test-environment",
    position: 1,
  });
  expect(environment.slug).toBe("test-environment");
  const folder: Folder = await client.folders().create({
    name: "my-folder",
    path: "/",
    projectId: project.id,
    environment: environment.slug,
    description: "Optional",
  });
  const listed: Folder[] = await client.folders().listFolders({
    environment: environment.slug,
    projectId: project.id,
    path: "/",
    recursive: false,
  });
  expect(listed.map(({ id }) => id)).toEqual([folder.id]);
  const asReply: CreateProjectResponse = { project };
  expect(asReply.project.id).toBe(project.id);
});

async function createKeysProject(): Promise<string> {
  const { id } = await client.projects().create({ projectName: "Keys", type: "kms" });
  return id;
}

test("KMS keys, encryption and signatures, as documented", async () => {
  const projectId = await createKeysProject();
  const options: CreateKmsKeyOptions = {
    projectId,
    name: "my-key",
    description: "Optional",
    keyUsage: KeyUsage.ENCRYPTION,
    encryptionAlgorithm: EncryptionAlgorithm.AES_256_GCM,
  };
  const key: KmsKey = await client.kms().keys().create(options);
  expect(await client.kms().keys().getByName({ projectId, name: "my-key" })).toEqual(key);
  const plaintext = Buffer.from("Hello, World!").toString("base64");
  const ciphertext = await client.kms().encryption().encrypt({ keyId: key.id, plaintext });
  expect(await client.kms().encryption().decrypt({ keyId: key.id, ciphertext })).toBe(plaintext);
  expect((await client.kms().keys().delete({ keyId: key.id })).id).toBe(key.id);

  const { id: keyId } = await client.kms().keys().create({
    projectId,
    name: "signer",
    keyUsage: KeyUsage.SIGNING,
    encryptionAlgorithm: EncryptionAlgorithm.ECC_NIST_P256,
  });
  const signing = { keyId, data: plaintext, signingAlgorithm: SigningAlgorithm.ECDSA_SHA_256 };
  const signed: KmsSignDataResponse = await client
    .kms()
    .signing()
    .sign({ ...signing, isDigest: false });
  const { signature } = signed;
  const verified = await client
    .kms()
    .signing()
    .verify({ ...signing, signature });
  expect(verified).toMatchObject({ signatureValid: true, keyId });
  const algorithms: SigningAlgorithm[] = await client.kms().signing().listSigningAlgorithms({ keyId });
  expect(algorithms).toContain("ECDSA_SHA_256");
  expect(await client.kms().signing().getPublicKey({ keyId })).toMatch(/^MFkw/);
});

test("every accessor returns the same object on every call, and literals work like the named constants", async () => {
  for (const accessor of ["projects", "environments", "folders", "secretImports", "tags", "kms"] as const) {
    expect(client[accessor]()).toBe(client[accessor]());
  }
  const key = await client
    .kms()
    .keys()
    .create({
      projectId: await createKeysProject(),
      name: "literal",
      keyUsage: "sign-verify",
      encryptionAlgorithm: "ECC_NIST_P256",
    });
  expect(key.encryptionAlgorithm).toBe(EncryptionAlgorithm.ECC_NIST_P256);
});
