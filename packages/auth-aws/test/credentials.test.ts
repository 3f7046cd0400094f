import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, printed } from "../../core/test/support.ts";
import { awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import {
  emptyEnvironment,
  roleKeys,
  secrets,
  setKeys,
  signedHeaders,
  startServer,
  userKeys,
} from "./support.ts";

emptyEnvironment();

// The vendor's chain takes its time to load on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** What a login with these credentials fails with, before anything is sent. */
async function failureWith(credentials: unknown): Promise<Error> {
  const { server, identityId, clientOf } = await startServer();
  const strategy = awsIamAuth({ identityId, region: "us-east-1", credentials: credentials as never });
  const failure = await failureOf(clientOf(strategy).auth().login());
  expect(server.requests).toHaveLength(0);
  return failure;
}

/** Files as AWS's own tools keep them. */
function writeProfile(profile: string, lines: string): void {
  const folder = mkdtempSync(join(tmpdir(), "infisical-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "credentials"), `[${profile}]\n${lines}\n`);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
}

const profileLines = `aws_access_key_id=${userKeys.accessKeyId}\naws_secret_access_key=${userKeys.secretAccessKey}`;

test("AWS's own provider chain finds the credentials of a profile", async () => {
  const { server, identityId, clientOf } = await startServer();
  writeProfile("default", profileLines);
  await clientOf(awsIamAuth({ identityId, region: "us-east-1" }))
    .auth()
    .login();
  expect(signedHeaders(server)["Authorization"]).toContain(userKeys.accessKeyId);
});

test("a profile that is asked for goes before the environment's keys, as in AWS's own tools", async () => {
  const { server, identityId, clientOf } = await startServer();
  vi.spyOn(console, "warn").mockImplementation(() => {});
  writeProfile("work", profileLines);
  vi.stubEnv("AWS_PROFILE", "work");
  setKeys(roleKeys);
  await clientOf(awsIamAuth({ identityId, region: "us-east-1" }))
    .auth()
    .login();
  expect(signedHeaders(server)["Authorization"]).toContain(userKeys.accessKeyId);
});

test("where the chain finds nothing, the error says so in its own words", async () => {
  writeProfile("default", "");
  const failure = await failureWith(undefined);
  expect(failure).toMatchObject({
    code: "AUTH_FAILED",
    message: "No AWS credentials could be had: Could not load credentials from any providers",
  });
});

test("where a function fails, the error says so in its words and holds nothing else of it", async () => {
  const reason = Object.assign(new Error("vault is sealed"), { $response: { body: roleKeys } });
  const failure = await failureWith(async () => {
    throw reason;
  });
  expect(failure).toMatchObject({
    code: "AUTH_FAILED",
    message: "No AWS credentials could be had: vault is sealed",
  });
  expect(printed(failure)).not.toContain(roleKeys.secretAccessKey);
});

test("the Lambda entry looks at the environment only, and says where else to look", async () => {
  const { identityId, clientOf } = await startServer();
  writeProfile("default", profileLines);
  const strategy = lambdaIamAuth({ identityId, region: "us-east-1" });
  expect(await failureOf(clientOf(strategy).auth().login())).toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringMatching(
      /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; .*@infisical\/auth-aws /,
    ),
  });
});

test("credentials that are over are not sent, and the error says since when, by which clock", async () => {
  const failure = await failureWith({ ...roleKeys, expiration: new Date("2026-01-02T03:04:05Z") });
  expect(failure).toMatchObject({ code: "AUTH_FAILED" });
  expect(failure.message).toMatch(
    /^The AWS credentials expired at 2026-01-02T03:04:05\.000Z, and it is 20\S+Z by this machine's clock: get new ones/,
  );
});

test("the environment may say when its credentials expire", async () => {
  const { identityId, clientOf } = await startServer();
  setKeys(roleKeys);
  vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2026-01-02T03:04:05+00:00");
  const strategy = lambdaIamAuth({ identityId, region: "us-east-1" });
  const failure = await failureOf(clientOf(strategy).auth().login());
  expect(failure.message).toMatch(/^The AWS credentials expired at 2026-01-02T03:04:05\.000Z/);
});

test.each([
  [undefined, "credentials.accessKeyId (or AWS_ACCESS_KEY_ID) must be letters, digits and underscores."],
  [{ ...userKeys, accessKeyId: "AK IA" }, "credentials.accessKeyId (or AWS_ACCESS_KEY_ID) must be"],
  [
    { ...userKeys, secretAccessKey: `${userKeys.secretAccessKey}\n` },
    "credentials.secretAccessKey (or AWS_SECRET_",
  ],
  [
    { accessKeyId: "AKIA" },
    "credentials.secretAccessKey (or AWS_SECRET_ACCESS_KEY) must be visible characters",
  ],
  [
    { ...roleKeys, sessionToken: `${roleKeys.sessionToken} ` },
    "credentials.sessionToken (or AWS_SESSION_TOKEN) must",
  ],
  [
    { ...roleKeys, expiration: new Date("soon") },
    "credentials.expiration (or AWS_CREDENTIAL_EXPIRATION) must be",
  ],
])("unusable credentials are refused by their field, unrepeated: %#", async (credentials, message) => {
  const failure = await failureWith(() => credentials);
  expect(failure).toMatchObject({ code: "INVALID_OPTION", message: expect.stringContaining(message) });
  for (const secret of secrets) expect(printed(failure)).not.toContain(secret);
});

test("neither a strategy nor a client shows its credentials when printed", async () => {
  const { identityId, clientOf } = await startServer();
  const strategy = awsIamAuth({ identityId, region: "us-east-1", credentials: roleKeys });
  const client = clientOf(strategy);
  await client.auth().login();
  for (const secret of secrets) {
    expect(printed(strategy)).not.toContain(secret);
    expect(printed(client)).not.toContain(secret);
  }
});
