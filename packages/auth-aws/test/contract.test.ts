import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { type AwsIamAuthOptions, awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import { roleKeys } from "./aws-keys.ts";
import { emptyEnvironment } from "./environment.ts";

emptyEnvironment();

const entries = { ".": awsIamAuth, "./lambda": lambdaIamAuth };
const options = { identityId: "id", region: "eu-central-1", credentials: roleKeys };

describe.each(Object.entries(entries))("entry %s keeps the contract of auth strategies", (_, create) => {
  const cases = authStrategyContract<AwsIamAuthOptions>({
    create,
    options: () => ({ ...options, credentials: { ...roleKeys }, organizationSlug: "sub-org" }),
    credentials: [roleKeys.secretAccessKey, roleKeys.sessionToken],
    refused: [
      { option: "identityId", options: { ...options, identityId: undefined } },
      { option: "region", options: { ...options, region: "Frankfurt" } },
      { option: "stsRegion", options: { ...options, stsRegion: "" } },
      { option: "credentials", options: { ...options, credentials: roleKeys.secretAccessKey } },
      { option: "organizationSlug", options: { ...options, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
