import { inspect } from "node:util";
import { isInfisicalError } from "@infisical/core";
import { describe, expect, test } from "vitest";
import type { TestLocation } from "#test-kit";
import type { SecretApproval, SecretsApi } from "../src/index.ts";
import { startSecrets, versions } from "./start-secrets.ts";

const value = { secretValue: "value-of-the-secret" };

const writes: Record<string, (api: SecretsApi, location: TestLocation) => Promise<unknown>> = {
  createSecret: (api, location) => api.createSecret("NEW", { ...location, ...value }),
  updateSecret: (api, location) => api.updateSecret("A", { ...location, ...value }),
  deleteSecret: (api, location) => api.deleteSecret("A", location),
  createSecrets: (api, location) =>
    api.createSecrets({ ...location, secrets: [{ secretKey: "NEW", ...value }] }),
  updateSecrets: (api, location) =>
    api.updateSecrets({ ...location, secrets: [{ secretKey: "A", ...value }] }),
  deleteSecrets: (api, location) => api.deleteSecrets({ ...location, secrets: [{ secretKey: "A" }] }),
};

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(writes))(
    "a %s that became an approval request is an error that carries it",
    async (_, write) => {
      const shop = { approvals: [{ environment: "prod" }], secrets: { prod: { "/": { A: "1" } } } };
      const { server, api, location } = await startSecrets(shop, apiVersion);
      const error: unknown = await write(api, { ...location, environment: "prod" }).then(
        () => undefined,
        (reason) => reason,
      );
      expect(error).toMatchObject({
        name: "InfisicalSDKRequestError",
        code: "APPROVAL_REQUIRED",
        statusCode: 200,
        method: server.requests.at(-1)?.method,
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v\d\/secrets/),
        message: expect.stringContaining("became an approval request"),
        details: { id: expect.any(String), slug: expect.any(String), status: "open", hasMerged: false },
      });
      expect(isInfisicalError(error)).toBe(true);
      const approval = (error as { details: SecretApproval }).details;
      expect(approval.committerUserId).toBe(server.identities[0]?.identityId);
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(value.secretValue);
      expect(server.secrets.get({ environment: "prod", key: "A" })).toBe("1");
    },
  );
});

test("parts of the write that the server repeats in its approval are not shown", async () => {
  const { server, api, location } = await startSecrets();
  const approval = { id: "an-id", slug: "a-slug", commits: [{ secretValue: value.secretValue }] };
  server.fail({ method: "POST", path: /secrets/ }, { status: 200, body: { approval } });
  const error: unknown = await api.createSecret("A", { ...location, ...value }).catch((reason) => reason);
  expect(error).toMatchObject({ code: "APPROVAL_REQUIRED", details: { id: "an-id", slug: "a-slug" } });
  expect(inspect(error, { depth: null })).not.toContain(value.secretValue);
});

test.each([null, "text", {}, { approval: null }, { approval: "yes" }])(
  "a response %j is neither an approval nor a secret",
  async (body) => {
    const { server, api, location } = await startSecrets();
    server.fail(
      { method: "POST", path: /secrets/ },
      { status: 200, body: body === "text" ? '"text"' : body },
    );
    await expect(api.createSecret("A", { ...location, ...value })).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      details: undefined,
    });
  },
);
