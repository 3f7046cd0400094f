import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { signedJwtAuth } from "../src/index.ts";
import { rsaKeys } from "./keys.ts";

const { privateKey, publicKey } = rsaKeys();
const right = { identityId: "an-id", privateKey, issuer: "ci", subject: "job", audience: "infisical" };

describe("signedJwtAuth keeps the contract of auth strategies", () => {
  const cases = authStrategyContract({
    create: signedJwtAuth,
    options: () => ({ ...right }),
    credentials: [privateKey],
    refused: [
      { option: "identityId", options: { ...right, identityId: "" } },
      { option: "privateKey", options: { ...right, privateKey: publicKey } },
      { option: "issuer", options: { ...right, issuer: undefined } },
      { option: "algorithm", options: { ...right, algorithm: "none" } },
      { option: "lifetime", options: { ...right, lifetime: 0 } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
