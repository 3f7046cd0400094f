import { nodeTransport } from "@infisical/core/node";
import { createTestServer } from "@infisical/test-server";
import { expect, onTestFinished, test } from "vitest";
import { cache, InfisicalSDK, universalAuth } from "../src/index.ts";
import { kyTransport } from "../src/ky.ts";

/**
 * Properties that somebody added to all objects, each of which would change what is sent, or by whom. Those that
 * Node itself or the test server reads are not among them: both run in the same process.
 */
const planted: Readonly<Record<string, unknown>> = {
  agent: { destroy: () => undefined },
  attachToProcessEnv: true,
  auth: "user:planted",
  expandSecretReferences: false,
  fetch: () => Promise.reject(new Error("planted")),
  headers: { "x-planted": "1" },
  idempotent: true,
  identityId: "planted",
  includeImports: true,
  ky: () => Promise.reject(new Error("planted")),
  maxConcurrent: 0,
  readOnly: true,
  recursive: true,
  retry: { limit: 50 },
  secretPath: "/planted",
  siteUrl: "https://planted.example",
  strict: true,
  token: "planted",
  viewSecretValue: false,
};

/** Everything that a few calls send, in order. */
async function traffic(transport?: "ky"): Promise<unknown> {
  const server = createTestServer({ clock: { frozen: true } });
  const { siteUrl } = await server.listen();
  server.secrets.set({ environment: "dev", key: "KEY", value: "value" });
  const sdk = new InfisicalSDK({
    siteUrl,
    transport: transport === "ky" ? kyTransport() : nodeTransport(),
    auth: universalAuth(server.credentials()),
    middleware: [cache({ ttl: "1m" })],
    clock: server.clock,
  });
  const place = { projectId: server.projectId(), environment: "dev" };
  const results = [
    await sdk.secrets().getSecret({ ...place, secretName: "KEY" }),
    await sdk.secrets().listSecretsWithImports(place),
    await sdk.secrets().getSecrets({ ...place, secretNames: ["KEY"] }),
    await sdk.secrets().updateSecret("KEY", { ...place, secretValue: "other" }),
    await sdk.secrets().getSecret({ ...place, secretName: "KEY" }),
    await sdk.folders().listFolders(place),
  ];
  const requests = server.requests.map(({ method, path, query, body, headers }) => [
    method,
    path,
    { ...query },
    typeof body === "object" ? Object.keys(body ?? {}) : body,
    Object.keys(headers).sort(),
  ]);
  await server.close();
  const text = JSON.stringify([results.map((result) => Object.keys(Object(result)).sort()), requests]);
  return text.replaceAll(place.projectId, "PROJECT").replaceAll(/127\.0\.0\.1:\d+/g, "HOST");
}

test.each(["node", "ky"] as const)(
  "with %s, nothing that all objects inherit changes what is sent",
  async (name) => {
    const transport = name === "ky" ? name : undefined;
    const expected = await traffic(transport);
    for (const [property, value] of Object.entries(planted)) {
      const before = { ...process.env };
      Object.defineProperty(Object.prototype, property, { value, configurable: true, writable: true });
      const unplant = () => delete (Object.prototype as Record<string, unknown>)[property];
      onTestFinished(() => void unplant());
      const [result] = await Promise.allSettled([traffic(transport)]);
      unplant();
      expect([property, result]).toEqual([property, { status: "fulfilled", value: expected }]);
      expect({ ...process.env }).toEqual(before);
    }
  },
  60_000,
);
