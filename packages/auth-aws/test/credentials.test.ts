import { nodeTransport } from "@infisical/core/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, loginContext, printed } from "#test-kit";
import { type AwsCredentials, type AwsIamAuthOptions, awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import { roleKeys, secrets, userKeys } from "./aws-keys.ts";
import { signedHeaders, startWithAws } from "./aws-server.ts";
import { emptyEnvironment, setKeys, writeFiles } from "./environment.ts";

emptyEnvironment();

/** What a login with these credentials fails with, before anything is sent. */
async function failureWith(credentials: unknown): Promise<Error> {
  const { server, identityId, connect } = await startWithAws();
  const strategy = awsIamAuth({ identityId, region: "us-east-1", credentials: credentials as never });
  const failure = await failureOf(connect({ auth: strategy }).auth().login());
  expect(server.requests).toHaveLength(0);
  return failure;
}

function writeProfile(profile: string, lines: string): void {
  writeFiles({ credentials: `[${profile}]\n${lines}\n` });
}

const profileLines = `aws_access_key_id=${userKeys.accessKeyId}\naws_secret_access_key=${userKeys.secretAccessKey}`;

test("AWS's own provider chain finds the credentials of a profile", async () => {
  const { server, identityId, connect } = await startWithAws();
  writeProfile("default", profileLines);
  await connect({ auth: awsIamAuth({ identityId, region: "us-east-1" }) })
    .auth()
    .login();
  expect(signedHeaders(server)["Authorization"]).toContain(userKeys.accessKeyId);
});

test("a selected profile takes precedence over the environment's keys, as in AWS's own tools", async () => {
  const { server, identityId, connect } = await startWithAws();
  writeProfile("work", profileLines);
  vi.stubEnv("AWS_PROFILE", "work");
  setKeys(roleKeys);
  await connect({ auth: awsIamAuth({ identityId, region: "us-east-1" }) })
    .auth()
    .login();
  expect(signedHeaders(server)["Authorization"]).toContain(userKeys.accessKeyId);
});

test("credentials are read from getters of a class, but not from properties that all objects inherit", async () => {
  const { server, identityId, connect } = await startWithAws();
  class Keys {
    get accessKeyId(): string {
      return userKeys.accessKeyId;
    }
    get secretAccessKey(): string {
      return userKeys.secretAccessKey;
    }
  }
  const planted = { expiration: new Date(0), sessionToken: "planted-token" };
  onTestFinished(() => {
    for (const name of Object.keys(planted)) Reflect.deleteProperty(Object.prototype, name);
  });
  for (const [name, value] of Object.entries(planted))
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  await connect({ auth: awsIamAuth({ identityId, region: "us-east-1", credentials: new Keys() }) })
    .auth()
    .login();
  expect(signedHeaders(server)).not.toHaveProperty("X-Amz-Security-Token", "planted-token");
  expect(signedHeaders(server)["Authorization"]).toContain(userKeys.accessKeyId);
});

test.each<[string, Partial<AwsIamAuthOptions>, object]>([
  ["`region`, not `stsRegion`", { region: "eu-west-1", stsRegion: "us-east-1" }, { region: "eu-west-1" }],
  ["no region where only `stsRegion` is given", { stsRegion: "us-east-1" }, {}],
])("AWS's provider chain is asked with %s", async (_, options, region) => {
  const { identityId, connect } = await startWithAws();
  const asked: unknown[] = [];
  const nothing = () => async () => {
    throw Object.assign(new Error("not here"), { tryNextLink: true });
  };
  const asking =
    (provider: () => Promise<AwsCredentials>) =>
    ({ clientConfig = {} }: { clientConfig?: object }) => {
      asked.push(clientConfig);
      return provider;
    };
  vi.doMock("@aws-sdk/credential-providers", () => ({
    fromIni: asking(nothing()),
    fromProcess: nothing,
    fromTokenFile: asking(async () => userKeys),
    fromHttp: nothing,
    fromContainerMetadata: nothing,
  }));
  onTestFinished(() => vi.doUnmock("@aws-sdk/credential-providers"));
  await connect({ auth: awsIamAuth({ identityId, ...options }) })
    .auth()
    .login();
  expect(asked).toEqual([region, region]);
});

test("if the chain finds nothing, the error lists everything that was tried", async () => {
  writeProfile("default", "");
  const failure = await failureWith(undefined);
  expect(failure).toMatchObject({ code: "AUTH_FAILED" });
  expect(failure.message).toMatch(
    /^Could not get AWS credentials; tried the profile "default" \(.+\), its credential_process \(.+\), web identity \(.+\), EC2 instance metadata \(switched off by AWS_EC2_METADATA_DISABLED\)$/,
  );
});

test("a provider that fails is named, without the keys in its message", async () => {
  const { secretAccessKey } = roleKeys;
  writeFiles({ config: `[default]\ncredential_process = sh -c "exit 3" ${secretAccessKey}\n` });
  const failure = await failureWith(undefined);
  expect(failure).toMatchObject({ code: "AUTH_FAILED" });
  expect(failure.message).toMatch(/its credential_process \(Command failed: .*\[redacted\]\)/);
  expect(printed(failure)).not.toContain(secretAccessKey);
});

test("a profile that exists but cannot be used ends the search", async () => {
  const role = "role_arn = arn:aws:iam::123456789012:role/a\nsource_profile = base\nmfa_serial = an-arn";
  writeFiles({ config: `[default]\n${role}\n`, credentials: `[base]\n${profileLines}\n` });
  const failure = await failureWith(undefined);
  expect(failure).toMatchObject({ code: "AUTH_FAILED" });
  expect(failure.message).toMatch(
    /^Could not get AWS credentials: the profile "default" failed: .*multi-factor authentication/,
  );
});

test("if a function fails, the error contains its message and nothing else", async () => {
  const reason = Object.assign(new Error("vault is sealed"), { $response: { body: roleKeys } });
  const failure = await failureWith(async () => {
    throw reason;
  });
  expect(failure).toMatchObject({
    code: "AUTH_FAILED",
    message: "The function passed as `credentials` failed: vault is sealed",
  });
  expect(printed(failure)).not.toContain(roleKeys.secretAccessKey);
});

test("the message of a function that fails contains no key, neither from the environment nor by its form", async () => {
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "short-key");
  const jwt = `eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMzQ1Njc4OTAifQ.${"aB3".repeat(30)}.${"xY9_-".repeat(20)}`;
  const shown = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token";
  const failure = await failureWith(async () => {
    throw new Error(`short-key, "${roleKeys.secretAccessKey}", ${jwt}: ENOENT ${shown} ${"x".repeat(2_000)}`);
  });
  expect(failure.message).toContain(
    `failed: [redacted], "[redacted]", [redacted].[redacted].[redacted]: ENOENT ${shown}`,
  );
  expect(failure.message.length).toBeLessThan(600);
});

test.each([
  ["a hash", "0123456789abcdef0123456789abcdef01234567"],
  ["a hash in capitals", "0123456789ABCDEF0123456789ABCDEF01234567"],
  ["a word without digits", "aVeryLongNameOfARoleThatSomebodyGaveToItOnce"],
  ["less than a key", "aB3".repeat(13)],
])("the message of a function that fails keeps what is not a key: %s", async (_, text) => {
  const failure = await failureWith(async () => {
    throw new Error(`not found: ${text}`);
  });
  expect(failure.message).toBe(`The function passed as \`credentials\` failed: not found: ${text}`);
});

test("a provider that never settles does not outlive its login", async () => {
  const { connect } = await startWithAws();
  const credentials = () => new Promise<never>(() => undefined);
  const strategy = awsIamAuth({ identityId: "id", region: "us-east-1", credentials });
  const controller = new AbortController();
  const transport = nodeTransport();
  const login = strategy.login(
    loginContext({ http: connect({ auth: strategy }), transport, signal: controller.signal }),
  );
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await failureOf(login)).toBe(reason);
});

test("temporary keys without a session token are refused with its name, and are not sent", async () => {
  const { accessKeyId, secretAccessKey } = roleKeys;
  const failure = await failureWith({ accessKeyId, secretAccessKey });
  expect(failure).toMatchObject({ code: "INVALID_OPTION" });
  expect(failure.message).toBe(
    "credentials.sessionToken (or AWS_SESSION_TOKEN) is missing: an access key id that begins with ASIA " +
      "belongs to temporary credentials, which only work together with their session token.",
  );
  setKeys({ accessKeyId, secretAccessKey });
  expect((await failureWith(undefined)).message).toBe(failure.message);
});

test("`null` means no session token, as some providers return it", async () => {
  const { identityId, connect } = await startWithAws();
  const credentials = { ...userKeys, sessionToken: null as never, expiration: null as never };
  await connect({ auth: awsIamAuth({ identityId, region: "us-east-1", credentials }) })
    .auth()
    .login();
});

test.each([
  [
    { ...userKeys, accessKeyId: '"AKIAIOSFODNN7EXAMPLE"' },
    /^credentials\.accessKeyId must not be in quotation marks/,
  ],
  [
    { ...userKeys, secretAccessKey: `"${userKeys.secretAccessKey}"` },
    /^credentials\.secretAccessKey must not be in quotation marks \(usually from the variable AWS_SECRET_ACCESS_KEY\)/,
  ],
  [{ ...roleKeys, sessionToken: `'${roleKeys.sessionToken}'` }, /^credentials\.sessionToken must not be in/],
])("keys in quotation marks are refused, and not repeated: %#", async (credentials, message) => {
  const failure = await failureWith(credentials);
  expect(failure.message).toMatch(message);
  for (const secret of secrets) expect(printed(failure)).not.toContain(secret);
});

test("the Lambda entry only looks at the environment, and says where else to look", async () => {
  const { identityId, connect } = await startWithAws();
  writeProfile("default", profileLines);
  const strategy = lambdaIamAuth({ identityId, region: "us-east-1" });
  expect(await failureOf(connect({ auth: strategy }).auth().login())).toMatchObject({
    code: "INVALID_OPTION",
    message: expect.stringMatching(
      /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; .*@infisical\/auth-aws /,
    ),
  });
});

test("expired credentials are not sent, and the error says since when and by which clock", async () => {
  const failure = await failureWith({ ...roleKeys, expiration: new Date("2026-01-02T03:04:05Z") });
  expect(failure).toMatchObject({ code: "AUTH_FAILED" });
  expect(failure.message).toMatch(
    /^The AWS credentials expired at 2026-01-02T03:04:05\.000Z \(this machine's clock says 20\S+Z\)\. Refresh them/,
  );
});

test("credentials are valid until they expire, not at that moment, by the client's clock", async () => {
  const { identityId, connect } = await startWithAws();
  const expiration = new Date("2126-01-02T03:04:05Z");
  const login = (now: number) =>
    connect({
      auth: awsIamAuth({ identityId, region: "us-east-1", credentials: { ...roleKeys, expiration } }),
      clock: { now: () => now, sleep: () => new Promise<void>(() => undefined) },
    })
      .auth()
      .login();
  const before = await login(expiration.getTime() - 1).catch((error: Error) => error.message);
  expect(String(before)).not.toContain("credentials expired");
  expect((await failureOf(login(expiration.getTime()))).message).toMatch(
    /^The AWS credentials expired at 2126/,
  );
});

test.each(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])(
  "with %s alone, the environment contains no credentials",
  async (name) => {
    const { identityId, connect } = await startWithAws();
    vi.stubEnv(name, "AKIAIOSFODNN7EXAMPLE");
    const strategy = lambdaIamAuth({ identityId, region: "us-east-1" });
    expect((await failureOf(connect({ auth: strategy }).auth().login())).message).toContain("are not set");
  },
);

test("the environment can contain when its credentials expire", async () => {
  const { identityId, connect } = await startWithAws();
  setKeys(roleKeys);
  vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2026-01-02T03:04:05+00:00");
  const strategy = lambdaIamAuth({ identityId, region: "us-east-1" });
  const failure = await failureOf(connect({ auth: strategy }).auth().login());
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
])(
  "unusable credentials are refused with their field, and not repeated: %#",
  async (credentials, message) => {
    const failure = await failureWith(() => credentials);
    expect(failure).toMatchObject({ code: "INVALID_OPTION", message: expect.stringContaining(message) });
    for (const secret of secrets) expect(printed(failure)).not.toContain(secret);
  },
);

test("neither a strategy nor a client shows its credentials when printed", async () => {
  const { identityId, connect } = await startWithAws();
  const strategy = awsIamAuth({ identityId, region: "us-east-1", credentials: roleKeys });
  const client = connect({ auth: strategy });
  await client.auth().login();
  for (const secret of secrets) {
    expect(printed(strategy)).not.toContain(secret);
    expect(printed(client)).not.toContain(secret);
  }
});
