import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { type AlicloudAuthOptions, alicloudAuth } from "../src/index.ts";
import { accessKeyId, accessKeySecret, outsideAlibaba } from "./alibaba.ts";

const identityId = "an-identity";
const pair = { accessKeyId, accessKeySecret };

describe.each<[string, AlicloudAuthOptions]>([
  ["a pair", pair],
  ["a function", { credentials: async () => pair }],
])("alicloudAuth with %s keeps the contract of auth strategies", (_, given) => {
  outsideAlibaba();
  const cases = authStrategyContract({
    create: alicloudAuth,
    options: () => ({ identityId, ...given, organizationSlug: "sub-org" }),
    credentials: [accessKeySecret],
    refused: [
      { option: "identityId", options: pair },
      { option: "identityId", options: { ...pair, identityId: '"quoted"' } },
      { option: "accessKeySecret", options: { identityId, accessKeyId } },
      { option: "accessKeyId", options: { identityId, accessKeySecret } },
      { option: "accessKeyId", options: { ...pair, identityId, accessKeyId: "STS.NTabc" } },
      { option: "accessKeyId", options: { ...pair, identityId, accessKeyId: "LTAI-5t" } },
      { option: "accessKeyId", options: { ...pair, identityId, accessKeyId: `"${accessKeyId}"` } },
      { option: "accessKeySecret", options: { ...pair, identityId, accessKeySecret: " " } },
      {
        option: "accessKeySecret",
        options: { ...pair, identityId, accessKeySecret: `"${accessKeySecret}"` },
      },
      { option: "credentials", options: { identityId, credentials: pair } },
      { option: "credentials", options: { ...pair, identityId, credentials: () => pair } },
      { option: "securityToken", options: { ...pair, identityId, securityToken: "token" } },
      { option: "organizationSlug", options: { ...pair, identityId, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
