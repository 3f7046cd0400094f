import { createTestServer, type TestServer } from "@infisical/test-server";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { InfisicalSDK, type KmsKey, type Membership } from "../src/index.ts";

let server: TestServer;
let client: InfisicalSDK;
let projectId: string;

beforeEach(async () => {
  server = createTestServer();
  const { siteUrl } = await server.listen();
  client = new InfisicalSDK({ siteUrl, retry: false });
  client.auth().accessToken("token-from-elsewhere");
  projectId = server.projects[0]?.id ?? "";
});
afterEach(() => server.close());

describe("differences from the official SDK in projects and KMS", () => {
  test("wrong types of memberships (role, status)", async () => {
    const sent = { id: "m", userId: "u", projectId, createdAt: "now", updatedAt: "now" };
    server.fail({}, { status: 200, body: { memberships: [sent] } });
    const invited = await client.projects().inviteMembers({ projectId, emails: ["ann@example.com"] });
    expect(invited).toEqual([sent]);
    expectTypeOf<keyof Membership>().toEqualTypeOf<keyof typeof sent>();
  });

  test("wrong types of KMS keys (keyUsage, version, encryptionAlgorithm always there)", async () => {
    server.fail({}, { status: 200, body: { key: { id: "k", name: "n" } } });
    const key = await client.kms().keys().get({ keyId: "k" });
    expect([key.keyUsage, key.version, key.encryptionAlgorithm]).toEqual([undefined, undefined, undefined]);
    expectTypeOf<KmsKey["version"]>().toEqualTypeOf<number | undefined>();
  });

  test("KMS data that no server accepts is sent", async () => {
    const call = client.kms().encryption().encrypt({ keyId: "k", plaintext: "not base64!" });
    await expect(call).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(server.requests).toHaveLength(0);
  });

  test("ids and names of keys, projects and folders go into the address as they are", async () => {
    const sent = async (call: Promise<unknown>) => {
      await call.catch(() => undefined);
      return server.requests.at(-1)?.path;
    };
    const keyId = "../../../v3/secrets";
    expect(await sent(client.kms().keys().delete({ keyId }))).toBe(
      "/api/v1/kms/keys/..%2F..%2F..%2Fv3%2Fsecrets",
    );
    const environment = { projectId: "a/b", name: "QA", slug: "qa" };
    expect(await sent(client.environments().create(environment))).toBe(
      "/api/v1/workspace/a%2Fb/environments",
    );
    await expect(client.kms().keys().get({ keyId: ".." })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});
