import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { secrets } from "../src/index.ts";

const location = { projectId: "a-project", environment: "an-environment", secretPath: "/a-folder" };
const secretValue = "hunter2-value";
const secret = { id: "an-id", secretKey: "A_NAME", secretValue };

describe.each(["v3", "v4"] as const)("secrets keeps the contract of plugins (%s)", (apiVersion) => {
  const cases = pluginContract({
    create: () => secrets({ apiVersion }),
    calls: {
      listSecrets: {
        options: { ...location, tagSlugs: ["a-tag", "b-tag"], includeImports: true },
        call: (api, options) => api.listSecrets(options),
        response: { secrets: [secret], imports: [] },
      },
      listSecretsWithImports: {
        options: location,
        call: (api, options) => api.listSecretsWithImports(options),
        response: { secrets: [secret], imports: [{ secretPath: "/b", environment: "b", secrets: [] }] },
        result: [secret],
      },
      getSecret: {
        options: { ...location, secretName: "A_NAME" },
        call: (api, options) => api.getSecret(options),
        response: { secret },
        result: secret,
      },
      getSecrets: {
        options: { ...location, secretNames: ["A_NAME", "ANOTHER_NAME"] },
        call: (api, options) => api.getSecrets(options),
        response: { secrets: [secret] },
        result: { secrets: [secret], missing: ["ANOTHER_NAME"] },
      },
      getValues: {
        options: { ...location, secretNames: ["A_NAME", "ANOTHER_NAME"], strict: false },
        call: (api, options) => api.getValues(options),
        response: { secrets: [secret] },
        result: { A_NAME: secret.secretValue },
      },
      createSecret: {
        options: { ...location, secretName: "A_NAME", secretValue, tagIds: ["a-tag"] },
        call: (api, { secretName, ...options }) => api.createSecret(secretName, options),
        response: { secret },
        secrets: [secretValue],
      },
      updateSecret: {
        options: {
          ...location,
          secretName: "A_NAME",
          secretValue,
          secretMetadata: [{ key: "a", value: "b" }],
        },
        call: (api, { secretName, ...options }) => api.updateSecret(secretName, options),
        response: { secret },
        secrets: [secretValue],
      },
      deleteSecret: {
        options: { ...location, secretName: "A_NAME" },
        call: (api, { secretName, ...options }) => api.deleteSecret(secretName, options),
        response: { secret },
      },
      createSecrets: {
        options: { ...location, secrets: [{ secretKey: "A_NAME", secretValue, tagIds: ["a-tag"] }] },
        call: (api, options) => api.createSecrets(options),
        response: { secrets: [secret] },
        secrets: [secretValue],
      },
      updateSecrets: {
        options: { ...location, secrets: [{ secretKey: "A_NAME", secretValue }] },
        call: (api, options) => api.updateSecrets(options),
        response: { secrets: [secret] },
        secrets: [secretValue],
      },
      deleteSecrets: {
        options: { ...location, secrets: [{ secretKey: "A_NAME" }] },
        call: (api, options) => api.deleteSecrets(options),
        response: { secrets: [secret] },
      },
      listSecretVersions: {
        options: { secretId: "an-id", offset: 1, limit: 2 },
        call: (api, options) => api.listSecretVersions(options),
        response: { secretVersions: [secret] },
      },
    },
  });
  for (const { name, run } of cases) test(name, run);
});
