import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { kubernetesAuth } from "../src/index.ts";
import { inPod, tokenFile } from "./pod.ts";

const identityId = "an-identity";
const token = "hunter2-proof";

describe("kubernetesAuth keeps the contract of auth strategies", () => {
  inPod();
  const cases = authStrategyContract({
    create: kubernetesAuth,
    options: () => ({ identityId, tokenPath: tokenFile(`${token}\n`).path, organizationSlug: "sub-org" }),
    credentials: [token],
    refused: [
      { option: "identityId", options: {} },
      { option: "identityId", options: { identityId: "" } },
      { option: "identityId", options: { identityId: '"quoted"' } },
      { option: "tokenPath", options: { identityId, tokenPath: "" } },
      { option: "tokenPath", options: { identityId, tokenPath: 7 } },
      { option: "organizationSlug", options: { identityId, organizationSlug: "Sub Org" } },
      { option: "tokenpath", options: { identityId, tokenpath: "/token" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
