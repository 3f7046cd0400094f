import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { universalAuth } from "../src/index.ts";

const clientSecret = "hunter2-client-secret";

describe("universalAuth keeps the contract of auth strategies", () => {
  const cases = authStrategyContract({
    create: universalAuth,
    options: () => ({ clientId: "an-id", clientSecret, organizationSlug: "sub-org" }),
    credentials: [clientSecret],
    refused: [
      { option: "clientId", options: { clientSecret } },
      { option: "clientSecret", options: { clientId: "an-id", clientSecret: " " } },
      {
        option: "organizationSlug",
        options: { clientId: "an-id", clientSecret, organizationSlug: "Sub Org" },
      },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
