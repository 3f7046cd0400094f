import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { middy } from "../src/index.ts";

describe("middy keeps the contract of plugins", () => {
  const cases = pluginContract({
    create: middy,
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
