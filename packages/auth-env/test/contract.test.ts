import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { envAuth } from "../src/index.ts";

const identityId = "an-identity";
const jwt = "hunter2-proof";

describe("envAuth keeps the contract of auth strategies", () => {
  const cases = authStrategyContract({
    create: envAuth,
    options: () => ({ identityId, jwt, organizationSlug: "sub-org" }),
    credentials: [jwt],
    refused: [
      { option: "identityId", options: { jwt } },
      { option: "jwt", options: { identityId, jwt: " " } },
      { option: "organizationSlug", options: { identityId, jwt, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
