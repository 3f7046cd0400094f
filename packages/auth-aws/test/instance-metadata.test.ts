import { createClient, type Transport } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import type { Failure } from "@infisical/test-server";
import { createTestInstanceMetadata } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, loginContext } from "#test-kit";
import { awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import { roleKeys, userKeys } from "./aws-keys.ts";
import { signedHeaders, startWithAws } from "./aws-server.ts";
import { emptyEnvironment, writeFiles } from "./environment.ts";

emptyEnvironment();

const tokenPath = "/latest/api/token";
/** Asked with a slash at its end, which the log leaves out. */
const rolePath = "/latest/meta-data/iam/security-credentials";
const documentPath = "/latest/dynamic/instance-identity/document";

/** What an instance without version 1 answers then. */
const withoutToken = "without a token, /latest/dynamic/instance-identity/document answered 401";

async function startMetadata(region = "sa-east-1") {
  const metadata = createTestInstanceMetadata({ region });
  const { endpoint } = await metadata.listen();
  onTestFinished(() => metadata.close());
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
  vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint);
  return metadata;
}

async function failureWithoutRegion(auth = awsIamAuth): Promise<Error> {
  const { server, identityId, connect } = await startWithAws();
  const failure = await failureOf(
    connect({ auth: auth({ identityId, credentials: userKeys }) })
      .auth()
      .login(),
  );
  expect(server.requests).toHaveLength(0);
  return failure;
}

test("a missing region comes from the EC2 instance, which is asked for a token first", async () => {
  const metadata = await startMetadata("sa-east-1");
  const { server, identityId, connect } = await startWithAws();
  await connect({ auth: awsIamAuth({ identityId, credentials: userKeys }) })
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
])("with %s, the instance is not asked", async (source, prepare) => {
  const metadata = await startMetadata();
  const { identityId, connect } = await startWithAws();
  prepare();
  const region = source === "an option" ? { region: "us-east-2" } : {};
  await connect({ auth: awsIamAuth({ identityId, credentials: userKeys, ...region }) })
    .auth()
    .login();
  expect(metadata.requests).toHaveLength(0);
});

test.each<[string, string, Failure]>([
  ["/latest/api/token answered 400", tokenPath, { status: 400 }],
  ["/latest/dynamic/instance-identity/document answered 404", documentPath, { status: 404 }],
  ["the identity document is not valid JSON", documentPath, { garbage: true }],
  [`/latest/api/token answered 302; ${withoutToken}`, tokenPath, { redirect: "http://127.0.0.1:1/" }],
  [
    `The connection closed before the response was complete. If the server speaks TLS on this port, its address begins with https:.; ${withoutToken}`,
    tokenPath,
    { drop: "before" },
  ],
])("%s: the error lists everything that was tried", async (reason, path, failure) => {
  const metadata = await startMetadata();
  metadata.fail({ path }, failure);
  const { message, code } = (await failureWithoutRegion()) as Error & { code: string };
  expect(code).toBe("INVALID_OPTION");
  expect(message).toBe(
    "region must be given because it was not found elsewhere; " +
      `tried AWS_REGION (not set), AWS_DEFAULT_REGION (not set), the profile "default" (no region), ` +
      `EC2 instance metadata (${reason}).`,
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
])("%s can take at most a second", async (_, path, failure) => {
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
  expect(message).toContain("EC2 instance metadata (no response within 1000 ms");
});

test("an aborted login sends no more requests, and rejects with the signal's own reason", async () => {
  const metadata = await startMetadata();
  metadata.fail({ path: tokenPath }, { stall: "headers" });
  const controller = new AbortController();
  const { connect } = await startWithAws();
  const strategy = awsIamAuth({ identityId: "id", credentials: userKeys });
  const transport = nodeTransport();
  const login = strategy.login(
    loginContext({ http: connect({ auth: strategy }), transport, signal: controller.signal }),
  );
  await expect.poll(() => metadata.requests.length).toBe(1);
  const reason = new Error("switched");
  controller.abort(reason);
  expect(await failureOf(login)).toBe(reason);
});

test("the error says if an instance has no region or one that is not valid", async () => {
  const metadata = await startMetadata();
  metadata.fail({ path: documentPath }, { status: 200, body: "{}" });
  expect((await failureWithoutRegion()).message).toMatch(
    /^The region of the EC2 instance's metadata must be/,
  );
});

test("AWS_EC2_METADATA_DISABLED disables the requests", async () => {
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

test("a region in the environment that is not valid is refused with the name of its variable", async () => {
  vi.stubEnv("AWS_REGION", "Frankfurt!");
  expect((await failureWithoutRegion()).message).toMatch(
    /^AWS_REGION must be an AWS region .*got "Frankfurt!"/,
  );
});

/** Makes the instance answer without a token too, as version 1 does. */
function allowVersion1(metadata: Awaited<ReturnType<typeof startMetadata>>): void {
  const { accessKeyId, secretAccessKey, sessionToken } = roleKeys;
  const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken };
  const answers = {
    [documentPath]: JSON.stringify({ region: "eu-west-1" }),
    [rolePath]: "tester\n",
    [`${rolePath}/tester`]: JSON.stringify({ Code: "Success", ...keys, Expiration: "2126-01-01T00:00:00Z" }),
  };
  for (const [path, body] of Object.entries(answers))
    metadata.fail({ path, times: 9 }, { status: 200, body });
}

const seen = (metadata: Awaited<ReturnType<typeof startMetadata>>) =>
  metadata.requests.map(({ method, path, headers }) => [
    `${method} ${path}`,
    "x-aws-ec2-metadata-token" in headers,
  ]);

test("the credentials come from the role of the instance, with the same session token as the region", async () => {
  const metadata = await startMetadata();
  allowVersion1(metadata);
  const { server, identityId, connect } = await startWithAws();
  await connect({ auth: awsIamAuth({ identityId }) })
    .auth()
    .login();
  expect(seen(metadata)).toEqual([
    [`PUT ${tokenPath}`, false],
    [`GET ${documentPath}`, true],
    [`GET ${rolePath}`, true],
    [`GET ${rolePath}/tester`, true],
  ]);
  expect(signedHeaders(server)["X-Amz-Security-Token"]).toBe(roleKeys.sessionToken);
});

test.each<[string, Failure]>([
  ["403", { status: 403 }],
  ["404", { status: 404 }],
  ["405", { status: 405 }],
])("an instance that answers %s to the token request is asked by version 1", async (_, failure) => {
  const metadata = await startMetadata();
  allowVersion1(metadata);
  metadata.fail({ path: tokenPath }, failure);
  const { server, identityId, connect } = await startWithAws();
  await connect({ auth: awsIamAuth({ identityId }) })
    .auth()
    .login();
  expect(seen(metadata)).toEqual([
    [`PUT ${tokenPath}`, false],
    [`GET ${documentPath}`, false],
    [`GET ${rolePath}`, false],
    [`GET ${rolePath}/tester`, false],
  ]);
  expect(signedHeaders(server)["Host"]).toBe("sts.eu-west-1.amazonaws.com");
});

/** Ends the wait for the token when it has begun. Timers only: sockets go on in real time. */
async function endTokenWait(metadata: Awaited<ReturnType<typeof startMetadata>>): Promise<void> {
  while (metadata.requests.length === 0) await new Promise((turn) => setImmediate(turn));
  await vi.advanceTimersByTimeAsync(1000);
}

test("a token that never arrives, as behind a hop limit of 1, leads to version 1, too", async () => {
  const metadata = await startMetadata();
  allowVersion1(metadata);
  metadata.fail({ path: tokenPath }, { stall: "headers" });
  const { server, identityId, connect } = await startWithAws();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const login = connect({ auth: awsIamAuth({ identityId, credentials: userKeys }) })
    .auth()
    .login();
  await endTokenWait(metadata);
  await login;
  expect(signedHeaders(server)["Host"]).toBe("sts.eu-west-1.amazonaws.com");
});

test.each([
  ["AWS_EC2_METADATA_V1_DISABLED", () => vi.stubEnv("AWS_EC2_METADATA_V1_DISABLED", "true")],
  ["the profile", () => void writeFiles({ config: "[default]\nec2_metadata_v1_disabled = true\n" })],
])("if %s disables version 1, it is not used, and the error mentions the hop limit", async (_, prepare) => {
  const metadata = await startMetadata();
  prepare();
  allowVersion1(metadata);
  metadata.fail({ path: tokenPath }, { stall: "headers" });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const failure = failureWithoutRegion();
  await endTokenWait(metadata);
  expect((await failure).message).toContain(
    "EC2 instance metadata (no response within 1000 ms; in a container, the hop limit of the instance's metadata " +
      "must be at least 2; version 1 is switched off by AWS_EC2_METADATA_V1_DISABLED).",
  );
  expect(metadata.requests).toHaveLength(1);
});

test.each([
  [{}, "http://169.254.169.254"],
  [{ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" }, "http://[fd00:ec2::254]"],
  [
    {
      AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://10.0.0.1:8080",
    },
    "http://10.0.0.1:8080",
  ],
])("with %j, the metadata is asked at %s, through the client's own transport", async (variables, origin) => {
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const asked: string[] = [];
  const transport: Transport = async ({ method, url }) => {
    asked.push(`${method} ${url}`);
    return { status: 404, headers: {}, body: "" };
  };
  const client = createClient({ transport, auth: awsIamAuth({ identityId: "id" }), retry: false });
  expect((await failureOf(client.auth().login())).message).toMatch(/^region must be given/);
  expect(asked).toEqual([`PUT ${origin}${tokenPath}`, `GET ${origin}${documentPath}`]);
});

test.each([
  ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5", "must be IPv4 or IPv6"],
  ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "169.254.169.254", "must be a URL"],
])("%s=%s is refused with its rule", async (name, value, rule) => {
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
  vi.stubEnv(name, value);
  expect((await failureWithoutRegion()).message).toContain(`EC2 instance metadata (${name} ${rule})`);
});

test.each([
  ["{", "the role's document is not valid JSON"],
  ["{}", "the role's document contains no credentials"],
])("for a role that answers %s, the error says that there are no credentials", async (body, reason) => {
  const metadata = await startMetadata();
  metadata.fail({ path: `${rolePath}/tester` }, { status: 200, body });
  allowVersion1(metadata);
  const { identityId, connect } = await startWithAws();
  const client = connect({ auth: awsIamAuth({ identityId, region: "us-east-1" }) });
  const { message } = await failureOf(client.auth().login());
  expect(message).toContain(`EC2 instance metadata (${reason})`);
});
