import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { certificates } from "../src/index.ts";

describe("certificates keeps the contract of plugins", () => {
  const cases = pluginContract({
    create: certificates,
    calls: {
      get: {
        options: { projectId: "a-project" },
        call: (api, options) => api.get(options),
        response: { id: "an-id" },
      },
    },
  });
  for (const { name, run } of cases) test(name, run);
});
