import { createTestServer } from "@infisical/test-server";
import { beforeEach, describe, expect, test } from "vitest";
import { InfisicalSDK, universalAuth } from "../src/index.ts";

let client: InfisicalSDK;
let projectId: string;

beforeEach(() => {
  const server = createTestServer();
  client = new InfisicalSDK({ transport: server.transport, auth: universalAuth(server.credentials()) });
  projectId = server.projectId();
});

describe("differences from the official SDK in the texts of errors", () => {
  test("the text of an error has the query of its address", async () => {
    const call = client.secrets().getSecret({ projectId, environment: "dev", secretName: "NOPE" });
    await expect(call).rejects.toThrow(/^\[URL=[^?]+\/api\/v3\/secrets\/raw\/NOPE\] \[Method=GET\] /);
  });

  test("the text of a 404 is the server's alone", async () => {
    const call = client.secrets().listSecrets({ projectId, environment: "nowhere" });
    await expect(call).rejects.toThrow(/ \(asked for: .*environment "nowhere"/);
  });

  test("a 422 says nothing but its status", async () => {
    const call = client.environments().create({ projectId, name: "QA", slug: "Q A" });
    await expect(call).rejects.toMatchObject({ code: "VALIDATION_FAILED", details: expect.any(Array) });
    await expect(call).rejects.toThrow(/\[StatusCode=422\] slug: [^{}]+$/);
  });

  test("inviting nobody fails with a text of its own", async () => {
    const call = client.projects().inviteMembers({ projectId, emails: [] });
    await expect(call).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(call).rejects.toThrow("emails or usernames must name at least one person");
  });
});
