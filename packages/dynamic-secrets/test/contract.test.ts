import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { dynamicSecrets } from "../src/index.ts";
import { redisInputs } from "./support/start.ts";

const location = { projectSlug: "a-project", environmentSlug: "an-environment", path: "/a-folder" };
const dynamicSecret = { id: "an-id", name: "a-name", type: "redis", defaultTTL: "1h" };
const password = "hunter2-value";
const data = { DB_USERNAME: "a-user", DB_PASSWORD: password };
const lease = {
  id: "a-lease",
  createdAt: "2026-01-01T00:00:00.000Z",
  expireAt: "2026-01-01T01:00:00.000Z",
  status: null,
};

describe("dynamic secrets keep the contract of plugins", () => {
  const cases = pluginContract({
    create: dynamicSecrets,
    calls: {
      create: {
        options: {
          ...location,
          name: "a-name",
          provider: { type: "redis", inputs: redisInputs },
          defaultTTL: "1h",
        },
        call: (api, options) => api.create(options),
        response: { dynamicSecret },
        result: dynamicSecret,
        secrets: [redisInputs.password],
      },
      update: {
        options: { ...location, dynamicSecretName: "a-name", inputs: { password } },
        call: (api, { dynamicSecretName, ...options }) => api.update(dynamicSecretName, options),
        response: { dynamicSecret },
        result: dynamicSecret,
        secrets: [password],
      },
      delete: {
        options: { ...location, dynamicSecretName: "a-name", isForced: true },
        call: (api, { dynamicSecretName, ...options }) => api.delete(dynamicSecretName, options),
        response: { dynamicSecret },
        result: dynamicSecret,
      },
      get: {
        options: { ...location, dynamicSecretName: "a-name" },
        call: (api, { dynamicSecretName, ...options }) => api.get(dynamicSecretName, options),
        response: { dynamicSecret },
        result: dynamicSecret,
      },
      list: {
        options: location,
        call: (api, options) => api.list(options),
        response: { dynamicSecrets: [dynamicSecret] },
        result: [dynamicSecret],
      },
      "leases.create": {
        options: { ...location, dynamicSecretName: "a-name", ttl: "5m" },
        call: (api, options) => api.leases.create(options),
        response: { lease, dynamicSecret, data },
      },
      "leases.renew": {
        options: { ...location, leaseId: "a-lease", ttl: "5m" },
        call: (api, { leaseId, ...options }) => api.leases.renew(leaseId, options),
        response: { lease },
      },
      "leases.delete": {
        options: { ...location, leaseId: "a-lease" },
        call: (api, { leaseId, ...options }) => api.leases.delete(leaseId, options),
        response: { lease },
      },
      "leases.get": {
        options: { ...location, leaseId: "a-lease" },
        call: (api, { leaseId, ...options }) => api.leases.get(leaseId, options),
        response: { lease: { ...lease, dynamicSecret } },
      },
      "leases.list": {
        options: { ...location, dynamicSecretName: "a-name" },
        call: (api, options) => api.leases.list(options),
        response: { leases: [lease] },
      },
    },
  });
  for (const { name, run } of cases) test(name, run);
});
