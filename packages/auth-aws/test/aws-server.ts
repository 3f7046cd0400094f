import type { AwsAuthSeed, TestServer } from "@infisical/test-server";
import { start } from "#test-kit";
import { roleKeys, userKeys } from "./aws-keys.ts";

export const loginPath = "/api/v1/auth/aws-auth/login";
export const body = "Action=GetCallerIdentity&Version=2011-06-15";

const arn = "arn:aws:iam::123456789012:user/tester";
const roleArn = "arn:aws:sts::123456789012:assumed-role/tester/session";

/** Starts a server whose AWS knows both kinds of keys; `identityId` is its only identity. */
export async function startWithAws(seed: AwsAuthSeed = {}) {
  const credentials = [
    { ...userKeys, arn },
    { ...roleKeys, arn: roleArn },
  ];
  const started = await start({
    server: {
      identities: [
        {
          name: "function",
          projectRoles: { "example-project": "viewer" },
          awsAuth: { credentials, ...seed },
        },
      ],
    },
  });
  return { ...started, identityId: started.server.identities[0]?.identityId ?? "" };
}

/** The headers that a login asked the server to send to AWS; by default those of the latest login. */
export function signedHeaders(server: TestServer, index = -1): Record<string, string> {
  return decoded(server.requests.at(index)?.body as { iamRequestHeaders: string });
}

export function decoded({ iamRequestHeaders }: { iamRequestHeaders: string }): Record<string, string> {
  return JSON.parse(Buffer.from(iamRequestHeaders, "base64").toString());
}
