import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { jwtAuth, oidcAuth, spiffeAuth } from "../src/index.ts";

const identityId = "an-identity";
const token = "hunter2-proof";

for (const create of [oidcAuth, jwtAuth, spiffeAuth]) {
  for (const source of [token, () => token]) {
    describe(`${create.name} with a ${typeof source} keeps the contract of auth strategies`, () => {
      const cases = authStrategyContract({
        create,
        options: () => ({ identityId, token: source, organizationSlug: "sub-org" }),
        credentials: [token],
        refused: [
          { option: "identityId", options: { token } },
          { option: "token", options: { identityId } },
          { option: "token", options: { identityId, token: " " } },
          { option: "token", options: { identityId, token: 7 } },
          { option: "organizationSlug", options: { identityId, token, organizationSlug: "Sub Org" } },
        ],
      });
      for (const { name, run } of cases) test(name, run);
    });
  }
}
