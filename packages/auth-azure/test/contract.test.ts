import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { azureAuth } from "../src/index.ts";
import { outsideAzure } from "./azure.ts";

const identityId = "an-identity";
const proof = "hunter2-proof";
const token = async () => proof;

describe("azureAuth keeps the contract of auth strategies", () => {
  outsideAzure();
  const cases = authStrategyContract({
    create: azureAuth,
    options: () => ({ identityId, token, organizationSlug: "sub-org" }),
    credentials: [proof],
    refused: [
      { option: "identityId", options: { token } },
      { option: "identityId", options: { identityId: '"quoted"' } },
      { option: "token", options: { identityId, token: proof } },
      { option: "clientId", options: { identityId, clientId: "" } },
      { option: "resource", options: { identityId, resource: 7 } },
      { option: "clientID", options: { identityId, clientID: "an-id" } },
      { option: "organizationSlug", options: { identityId, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
