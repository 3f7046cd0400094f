import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { SecretsApi } from "../src/index.ts";
import { countRequests, start, versions } from "./support.ts";

type Place = Awaited<ReturnType<typeof start>>["place"];

const value = { secretValue: "value-of-the-secret" };
const secrets = ["lower", "AppKey"].map((secretKey) => ({ secretKey, ...value }));
const rules = [{ name: "Upper case", keyPattern: "^[A-Z_]+$" }];

const writes: Record<string, (api: SecretsApi, place: Place) => Promise<unknown>> = {
  createSecret: (api, place) => api.createSecret("lower", { ...place, ...value }),
  updateSecret: (api, place) => api.updateSecret("OLD", { ...place, ...value, newSecretName: "lower" }),
  createSecrets: (api, place) => api.createSecrets({ ...place, secrets }),
  updateSecrets: (api, place) => api.updateSecrets({ ...place, mode: "upsert", secrets }),
};

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(writes))(
    "a %s that a validation rule forbids names the rule and the secret, and is sent once",
    async (method, write) => {
      const project = { secrets: { dev: { "/": { OLD: "old" } } } };
      const { server, api, place } = await start(project, apiVersion, { secretValidationRules: rules });
      const error: unknown = await write(api, place).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "SECRET_RULE_VIOLATED", statusCode: 400 });
      const { details } = error as { details: unknown };
      const names = method.endsWith("s") ? ["lower", "AppKey"] : ["lower"];
      expect(details).toMatchObject(names.map(() => ({ rule: "Upper case" })));
      for (const name of names) expect(JSON.stringify(details)).toContain(name);
      expect(inspect(error, { depth: null })).not.toContain(value.secretValue);
      expect(countRequests(server)).toBe(1);
      expect((await api.listSecrets(place)).secrets).toMatchObject([
        { secretKey: "OLD", secretValue: "old" },
      ]);
    },
  );
});

test("what merely mentions such a failure is a plain BAD_REQUEST", async () => {
  const { server, api, place } = await start();
  const message = "The secret could not be saved. Secret validation failed: unknown";
  server.fail({ path: /secrets/ }, { status: 400, body: { statusCode: 400, message, error: "BadRequest" } });
  await expect(api.createSecret("A", { ...place, ...value })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
