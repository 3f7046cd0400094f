import { nodeTransport } from "@infisical/core/node";
import { createTestInstanceMetadata, type Failure } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../core/test/support.ts";
import { awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import { emptyEnvironment, signedHeaders, startServer, userKeys } from "./support.ts";

emptyEnvironment();

const tokenPath = "/latest/api/token";
const documentPath = "/latest/dynamic/instance-identity/document";

async function startMetadata(region = "sa-east-1") {
  const metadata = createTestInstanceMetadata({ region });
  const { endpoint } = await metadata.listen();
  onTestFinished(() => metadata.close());
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
  vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint);
  return metadata;
}

async function failureWithoutRegion(auth = awsIamAuth): Promise<Error> {
  const { server, identityId, clientOf } = await startServer();
  const failure = await failureOf(
    clientOf(auth({ identityId, credentials: userKeys }))
      .auth()
      .login(),
  );
  expect(server.requests).toHaveLength(0);
  return failure;
}

test("a region that is given nowhere is asked of the EC2 instance, token first", async () => {
  const metadata = await startMetadata("sa-east-1");
  const { server, identityId, clientOf } = await startServer();
  await clientOf(awsIamAuth({ identityId, credentials: userKeys }))
    .auth()
    .login();
  expect(metadata.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
    ["PUT", tokenPath, 200],
    ["GET", documentPath, 200],
  ]);
  expect(metadata.requests[0]?.headers["x-aws-ec2-metadata-token-ttl-seconds"]).toBe("21600");
  expect(signedHeaders(server)["Host"]).toBe("sts.sa-east-1.amazonaws.com");
});

test.each<[string, () => void]>([
  ["an option", () => {}],
  ["AWS_REGION", () => vi.stubEnv("AWS_REGION", "us-east-2")],
  ["AWS_DEFAULT_REGION", () => vi.stubEnv("AWS_DEFAULT_REGION", "us-east-2")],
])("with %s the instance is not asked", async (source, prepare) => {
  const metadata = await startMetadata();
  const { identityId, clientOf } = await startServer();
  prepare();
  const region = source === "an option" ? { region: "us-east-2" } : {};
  await clientOf(awsIamAuth({ identityId, credentials: userKeys, ...region }))
    .auth()
    .login();
  expect(metadata.requests).toHaveLength(0);
});

test.each<[string, string, Failure]>([
  ["/latest/api/token answered 403", tokenPath, { status: 403 }],
  ["/latest/dynamic/instance-identity/document answered 404", documentPath, { status: 404 }],
  ["the identity document is not valid JSON", documentPath, { garbage: true }],
  ["/latest/api/token answered 302", tokenPath, { redirect: "http://127.0.0.1:1/" }],
  [
    "The connection closed before the response was complete. If the server speaks TLS on this port, its address begins with https:.",
    tokenPath,
    { drop: "before" },
  ],
])("%s: the error lists all that was tried", async (reason, path, failure) => {
  const metadata = await startMetadata();
  metadata.fail({ path }, failure);
  const { message, code } = (await failureWithoutRegion()) as Error & { code: string };
  expect(code).toBe("INVALID_OPTION");
  expect(message).toBe(
    "region must be given, since it was found nowhere else; " +
      `tried AWS_REGION (not set), AWS_DEFAULT_REGION (not set), EC2 instance metadata (${reason}).`,
  );
});

test("a metadata service that cannot be reached is listed too", async () => {
  const metadata = await startMetadata();
  await metadata.close();
  expect((await failureWithoutRegion()).message).toContain("EC2 instance metadata (connect ECONNREFUSED");
});

test.each<[string, string, Failure]>([
  ["the token request", tokenPath, { stall: "headers" }],
  ["the document's body", documentPath, { stall: "body" }],
])("%s may take a second, no more", async (_, path, failure) => {
  const metadata = await startMetadata();
  metadata.fail({ path }, failure);
  // Timers only: sockets go on in real time.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let message: string | undefined;
  const login = failureWithoutRegion().then((error) => {
    message = error.message;
  });
  // Not by expect.poll, which moves the fake timers.
  while (metadata.requests.at(-1)?.path !== path) await new Promise((turn) => setImmediate(turn));
  await vi.advanceTimersByTimeAsync(999);
  expect(message).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await login;
  expect(message).toContain("EC2 instance metadata (no response within 1000 ms)");
});

test("a login that nobody waits for any more asks no further, and rejects with the signal's own reason", async () => {
  const metadata = await startMetadata();
  metadata.fail({ path: tokenPath }, { stall: "headers" });
  const controller = new AbortController();
  const { clientOf } = await startServer();
  const strategy = awsIamAuth({ identityId: "id", credentials: userKeys });
  const transport = nodeTransport();
  const login = strategy.login({ http: clientOf(strategy), transport, signal: controller.signal });
  await expect.poll(() => metadata.requests.length).toBe(1);
  const reason = new Error("switched");
  controller.abort(reason);
  expect(await failureOf(login)).toBe(reason);
});

test("an instance that names no region, or one that cannot be, is said so", async () => {
  const metadata = await startMetadata();
  metadata.fail({ path: documentPath }, { status: 200, body: "{}" });
  expect((await failureWithoutRegion()).message).toMatch(
    /^The region of the EC2 instance's metadata must be/,
  );
});

test("AWS_EC2_METADATA_DISABLED is obeyed", async () => {
  const metadata = await startMetadata();
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "TRUE");
  const { message } = await failureWithoutRegion();
  expect(message).toContain("EC2 instance metadata (switched off by AWS_EC2_METADATA_DISABLED)");
  expect(metadata.requests).toHaveLength(0);
});

test("the Lambda entry never asks an instance", async () => {
  const metadata = await startMetadata();
  const { message } = await failureWithoutRegion(lambdaIamAuth);
  expect(message).toMatch(/tried AWS_REGION \(not set\), AWS_DEFAULT_REGION \(not set\)\.$/);
  expect(metadata.requests).toHaveLength(0);
});

test("a region in the environment that cannot be one is refused by its variable", async () => {
  vi.stubEnv("AWS_REGION", "Frankfurt!");
  expect((await failureWithoutRegion()).message).toMatch(
    /^AWS_REGION must be an AWS region .*got "Frankfurt!"/,
  );
});
