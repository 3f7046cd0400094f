import { describe, expect, test } from "vitest";
import { createTestServer } from "../src/index.ts";
import { startTest } from "./support/api.ts";

const rules = [
  { name: "Upper case", keyPattern: "^[A-Z_]+$" },
  { name: "Service prefix", environment: "prod", keyPattern: /^app_/i },
];

describe.each([
  { version: "v3", base: "/api/v3/secrets/raw", batch: "/api/v3/secrets/batch/raw", key: "workspaceId" },
  { version: "v4", base: "/api/v4/secrets", batch: "/api/v4/secrets/batch", key: "projectId" },
])("secret validation rules, $version", ({ version, base, batch, key }) => {
  async function start() {
    const { api, projectId, server } = await startTest({ secretValidationRules: rules });
    const write = async (method: string, path: string, body: object, environment = "dev") => {
      const response = await api(method, path, { body: { [key]: projectId, environment, ...body } });
      return { status: response.status, error: response.body.error, message: response.body.message };
    };
    return { server, write };
  }

  test(`validation rules refuse the names of creations and renames, in the server's words (${version})`, async () => {
    const { server, write } = await start();
    const refused = {
      status: 400,
      error: "BadRequest",
      message:
        'Secret validation failed:\nSecret "lower": key must match pattern ^[A-Z_]+$ (rule: "Upper case", constraint: Regex pattern)',
    };
    const value = { secretValue: "hunter2" };
    expect(await write("POST", `${base}/lower`, value)).toEqual(refused);
    expect((await write("POST", `${base}/UPPER`, value)).status).toBe(200);
    expect(await write("PATCH", `${base}/UPPER`, { newSecretName: "lower" })).toEqual(refused);
    expect((await write("PATCH", `${base}/UPPER`, { newSecretName: "OTHER" })).status).toBe(200);
    server.secrets.set({ environment: "dev", key: "lower", value: "stored before there was a rule" });
    expect(await write("PATCH", `${base}/lower`, value)).toEqual(refused);
    expect((await write("PATCH", `${base}/lower`, { newSecretName: "LOWER" })).status).toBe(200);
  });

  test(`validation rules refuse a whole batch, and name every failure (${version})`, async () => {
    const { server, write } = await start();
    const secrets = [
      { secretKey: "APP_GOOD", secretValue: "1" },
      { secretKey: "bad", secretValue: "2" },
    ];
    const { status, message } = await write("POST", batch, { secrets }, "prod");
    expect(status).toBe(400);
    const lines = (message as string).split("\n\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Secret "bad": key must match pattern ^app_ (rule: "Service prefix"');
    expect(server.secrets.get({ environment: "prod", key: "APP_GOOD" })).toBeUndefined();
    const upserted = { mode: "upsert", secrets: [{ secretKey: "bad", secretValue: "2" }] };
    expect((await write("PATCH", batch, upserted)).message).toMatch(/^Secret validation failed:\n/);
    expect((await write("PATCH", batch, { ...upserted, mode: "ignore" })).status).toBe(200);
  });
});

test("a rule that is not valid is refused with its path", () => {
  const wrong = [
    [{ name: "R", keyPattern: "(" }, "secretValidationRules[0].keyPattern: must be a regular expression"],
    [{ name: "", keyPattern: "a" }, "secretValidationRules[0].name: must not be empty"],
    [{ name: "R" }, "secretValidationRules[0].keyPattern"],
    [{ name: "R", keyPattern: "a", valuePattern: "b" }, "valuePattern"],
  ] as const;
  for (const [rule, message] of wrong) {
    expect(() => createTestServer({ secretValidationRules: [rule as never] })).toThrow(message);
  }
});
