import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { createTestServer } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { undiciTransport } from "../src/index.ts";

test("a client logs in, writes, reads and deletes a secret, and the global fetch sees none of it", async () => {
  const fetch = vi.spyOn(globalThis, "fetch");
  const server = createTestServer();
  onTestFinished(() => server.close());
  const { siteUrl } = await server.listen();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const client = createClient({
    siteUrl,
    auth: universalAuth({ clientId, clientSecret }),
    plugins: [secrets()],
    transport: undiciTransport(),
  });
  const place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };
  await client.secrets().createSecret("KEY", { ...place, secretValue: "größer" });
  const { secretValue } = await client.secrets().getSecret({ ...place, secretName: "KEY" });
  expect(secretValue).toBe("größer");
  await client.secrets().deleteSecret("KEY", place);
  await expect(client.secrets().getSecret({ ...place, secretName: "KEY" })).rejects.toThrow("not found");
  expect(fetch).not.toHaveBeenCalled();
});
