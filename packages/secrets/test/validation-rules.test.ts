import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { TestLocation } from "#test-kit";
import type { SecretsApi } from "../src/index.ts";
import { startSecrets, versions } from "./start-secrets.ts";
import { countRequests } from "./summaries.ts";

const value = { secretValue: "value-of-the-secret" };
const secrets = ["lower", "AppKey"].map((secretKey) => ({ secretKey, ...value }));
const rules = [{ name: "Upper case", keyPattern: "^[A-Z_]+$" }];

const writes: Record<string, (api: SecretsApi, location: TestLocation) => Promise<unknown>> = {
  createSecret: (api, location) => api.createSecret("lower", { ...location, ...value }),
  updateSecret: (api, location) => api.updateSecret("OLD", { ...location, ...value, newSecretName: "lower" }),
  createSecrets: (api, location) => api.createSecrets({ ...location, secrets }),
  updateSecrets: (api, location) => api.updateSecrets({ ...location, mode: "upsert", secrets }),
};

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(writes))(
    "a %s that a validation rule forbids names the rule and the secret, and is sent once",
    async (method, write) => {
      const project = { secrets: { dev: { "/": { OLD: "old" } } } };
      const { server, api, location } = await startSecrets(project, apiVersion, {
        secretValidationRules: rules,
      });
      const error: unknown = await write(api, location).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "SECRET_RULE_VIOLATED", statusCode: 400 });
      const { details } = error as { details: unknown };
      const names = method.endsWith("s") ? ["lower", "AppKey"] : ["lower"];
      expect(details).toMatchObject(names.map(() => ({ rule: "Upper case" })));
      for (const name of names) expect(JSON.stringify(details)).toContain(name);
      expect(inspect(error, { depth: null })).not.toContain(value.secretValue);
      expect(countRequests(server)).toBe(1);
      expect((await api.listSecrets(location)).secrets).toMatchObject([
        { secretKey: "OLD", secretValue: "old" },
      ]);
    },
  );
});

test("an error that merely mentions such a failure is a plain BAD_REQUEST", async () => {
  const { server, api, location } = await startSecrets();
  const message = "The secret could not be saved. Secret validation failed: unknown";
  server.fail({ path: /secrets/ }, { status: 400, body: { statusCode: 400, message, error: "BadRequest" } });
  await expect(api.createSecret("A", { ...location, ...value })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});
