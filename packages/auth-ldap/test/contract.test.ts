import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { ldapAuth } from "../src/index.ts";

const identityId = "an-identity";
const username = "app";
const password = "hunter2-password";
const valid = { identityId, username, password };

describe.each<[string, string | (() => Promise<string>)]>([
  ["a password", password],
  ["a function", async () => password],
])("ldapAuth with %s keeps the contract of auth strategies", (_, given) => {
  const cases = authStrategyContract({
    create: ldapAuth,
    options: () => ({ ...valid, password: given, organizationSlug: "sub-org" }),
    credentials: [password],
    refused: [
      { option: "identityId", options: { username, password } },
      { option: "identityId", options: { ...valid, identityId: '"quoted"' } },
      { option: "username", options: { identityId, password } },
      { option: "password", options: { identityId, username } },
      { option: "password", options: { ...valid, password: " " } },
      { option: "passwort", options: { ...valid, passwort: password } },
      { option: "organizationSlug", options: { ...valid, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
