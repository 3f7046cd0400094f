import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { awsIamAuth } from "../src/index.ts";
import { roleKeys } from "./aws-keys.ts";
import { signedHeaders, startWithAws } from "./aws-server.ts";
import { emptyEnvironment } from "./environment.ts";

emptyEnvironment();
afterEach(() => vi.doUnmock("@aws-sdk/credential-providers"));

/** What a container's orchestrator offers to the programs in it. */
async function startContainerCredentials(): Promise<void> {
  const { accessKeyId, secretAccessKey, sessionToken } = roleKeys;
  const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken };
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ...keys, Expiration: "2126-01-01T00:00:00Z" }));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `http://127.0.0.1:${port}/credentials`);
}

async function login() {
  const { server, identityId, connect } = await startWithAws();
  await connect({ auth: awsIamAuth({ identityId, region: "us-east-1" }) })
    .auth()
    .login();
  return signedHeaders(server);
}

test("a container's credentials are found by AWS's own providers", async () => {
  await startContainerCredentials();
  expect((await login())["X-Amz-Security-Token"]).toBe(roleKeys.sessionToken);
});

test("the first releases of AWS's package, which have no provider for that, find them, too", async () => {
  await startContainerCredentials();
  vi.doMock("@aws-sdk/credential-providers", async (original) => ({
    ...(await original<object>()),
    fromHttp: undefined,
  }));
  expect((await login())["X-Amz-Security-Token"]).toBe(roleKeys.sessionToken);
});
