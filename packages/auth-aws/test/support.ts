import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuthStrategy, type Client, createClient } from "@infisical/core";
import { type AwsAuthSeed, createTestServer, type TestServer } from "@infisical/test-server";
import { afterEach, beforeEach, onTestFinished, vi } from "vitest";
import type { AwsCredentials } from "../src/index.ts";

export const loginPath = "/api/v1/auth/aws-auth/login";
export const body = "Action=GetCallerIdentity&Version=2011-06-15";

/** Long-lived keys of a user. */
export const userKeys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const;

/** Temporary keys of a role that somebody assumed. */
export const roleKeys = {
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: "Je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLETOKEN+/=",
} as const;

/** All that must never be printed. */
export const secrets = [userKeys.secretAccessKey, roleKeys.secretAccessKey, roleKeys.sessionToken];

const arn = "arn:aws:iam::123456789012:user/tester";
const roleArn = "arn:aws:sts::123456789012:assumed-role/tester/session";

/** A test server on a socket whose AWS knows both kinds of keys, and the id of its identity. */
export async function startServer(seed: AwsAuthSeed = {}) {
  const credentials = [
    { ...userKeys, arn },
    { ...roleKeys, arn: roleArn },
  ];
  const server = createTestServer({
    identities: [
      {
        name: "function",
        projectRoles: { "example-project": "viewer" },
        awsAuth: { credentials, ...seed },
      },
    ],
  });
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const identityId = server.identities[0]?.identityId ?? "";
  const clientOf = (auth: AuthStrategy): Client => createClient({ siteUrl, auth, clock: server.clock });
  return { server, siteUrl, identityId, clientOf };
}

/** The headers that a login was to pass on to AWS; the server's latest one unless told. */
export function signedHeaders(server: TestServer, index = -1): Record<string, string> {
  return decoded(server.requests.at(index)?.body as { iamRequestHeaders: string });
}

export function decoded({ iamRequestHeaders }: { iamRequestHeaders: string }): Record<string, string> {
  return JSON.parse(Buffer.from(iamRequestHeaders, "base64").toString());
}

/** Each test of the file begins with an environment that says nothing of AWS. */
export function emptyEnvironment(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:AWS|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere/config");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials");
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** Files as AWS's own tools keep them. */
export function writeFiles(files: Readonly<{ config?: string; credentials?: string }>): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  return folder;
}

/** Puts keys into the environment, as Lambda does. */
export function setKeys({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): void {
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
  vi.stubEnv("AWS_SESSION_TOKEN", sessionToken);
}
