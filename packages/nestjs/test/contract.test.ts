import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { nestjs } from "../src/index.ts";

describe("nestjs keeps the contract of plugins", () => {
  const cases = pluginContract({
    create: nestjs,
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
