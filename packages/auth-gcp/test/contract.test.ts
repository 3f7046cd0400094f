import type { AuthStrategy } from "@infisical/core";
import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { type GcpIdTokenAuthOptions, gcpIamAuth, gcpIdTokenAuth } from "../src/index.ts";
import { createKey, email, outsideGoogle } from "./google.ts";

const identityId = "an-identity";
const token = "hunter2-proof";
const { key } = createKey();
const credentials = { ...key };

/** The contract's server only answers logins, so the metadata server is another one. */
function onGoogle(options: GcpIdTokenAuthOptions): AuthStrategy {
  const { name, login } = gcpIdTokenAuth(options);
  const response = { status: 200, headers: { "metadata-flavor": "Google" }, body: token };
  return { name, login: (context) => login({ ...context, transport: async () => response }) };
}

describe("gcpIdTokenAuth keeps the contract of auth strategies", () => {
  outsideGoogle();
  const cases = authStrategyContract({
    create: onGoogle,
    options: () => ({ identityId, organizationSlug: "sub-org" }),
    credentials: [token],
    refused: [
      { option: "identityId", options: {} },
      { option: "identityId", options: { identityId: '"quoted"' } },
      { option: "token", options: { identityId, token: 7 } },
      { option: "audience", options: { identityId, audience: "other" } },
      { option: "organizationSlug", options: { identityId, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});

describe("gcpIamAuth keeps the contract of auth strategies", () => {
  outsideGoogle();
  const cases = authStrategyContract({
    create: gcpIamAuth,
    options: () => ({ identityId, credentials, organizationSlug: "sub-org" }),
    credentials: [key.private_key, ...key.private_key.split("\n").slice(1, -2)],
    refused: [
      { option: "identityId", options: { credentials } },
      { option: "serviceAccountKeyFile", options: { identityId, serviceAccountKeyFile: "" } },
      {
        option: "serviceAccountKeyFile",
        options: { identityId, serviceAccountKeyFile: "/key.json", credentials },
      },
      { option: "serviceAccountKeyFile", options: { identityId, credentials, signJwt: true } },
      {
        option: "credentials.private_key",
        options: { identityId, credentials: { ...credentials, private_key: undefined } },
      },
      {
        option: "credentials.private_key",
        options: {
          identityId,
          credentials: { ...credentials, private_key: "-----BEGIN RSA PRIVATE KEY-----" },
        },
      },
      { option: "credentials.type", options: { identityId, credentials: { type: "authorized_user" } } },
      {
        option: "credentials.client_email",
        options: {
          identityId,
          credentials: { ...credentials, client_email: "acme@appspot.gserviceaccount.com" },
        },
      },
      { option: "signJwt", options: { identityId, signJwt: 7 } },
      { option: "signJwt", options: { identityId, signJwt: `${email}.example` } },
      { option: "organizationSlug", options: { identityId, credentials, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
