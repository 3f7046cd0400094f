import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { type AwsIamAuthOptions, awsIamAuth } from "../src/index.ts";

const credentials = {
  accessKeyId: "AKIATEST",
  secretAccessKey: "a-secret-key",
  sessionToken: "a-session-token",
};

describe("the umbrella's awsIamAuth keeps the contract of auth strategies", () => {
  const cases = authStrategyContract<AwsIamAuthOptions>({
    create: awsIamAuth,
    options: () => ({ identityId: "id", region: "eu-central-1", credentials: { ...credentials } }),
    credentials: [credentials.secretAccessKey, credentials.sessionToken],
  });
  for (const { name, run } of cases) test(name, run);
});
