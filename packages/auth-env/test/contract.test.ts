import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { environmentAuth } from "../src/index.ts";

const clientSecret = "hunter2-secret";
const environment = {
  INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: "an-id",
  INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
};

describe("environmentAuth keeps the contract of auth strategies", () => {
  const cases = authStrategyContract({
    create: environmentAuth,
    options: () => ({ environment: { ...environment } }),
    credentials: [clientSecret],
    refused: [
      { option: "method", options: { method: "kerberos", environment } },
      { option: "method", options: { method: 1, environment } },
      { option: "method", options: { method: "tls-cert-auth", environment } },
      { option: "environment", options: { environment: clientSecret } },
      { option: "environment", options: { environment: [] } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
