import { expect, test } from "vitest";
import { failureOf, loginContext, printed } from "#test-kit";
import { awsIamAuth } from "../src/index.ts";
import { roleKeys, secrets, userKeys } from "./aws-keys.ts";
import { loginPath, startWithAws } from "./aws-server.ts";
import { emptyEnvironment } from "./environment.ts";

emptyEnvironment();

const region = "us-east-1";

test("a wrong clock: the error says when the request was signed, and what AWS allows", async () => {
  const { server, siteUrl, identityId, connect } = await startWithAws();
  const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
  server.clock.advance(16 * 60_000);
  const signedAt = new Date().toISOString().slice(0, 15);
  const client = connect({
    auth: { ...strategy, login: ({ clock: _, ...context }) => strategy.login(context) },
  });
  const failure = await failureOf(client.auth().login());
  expect(failure).toMatchObject({ code: "SERVER_ERROR", statusCode: 500 });
  expect(failure.message).toContain(
    `[URL=${siteUrl}${loginPath}] [Method=POST] [StatusCode=500] Something went wrong. `,
  );
  expect(failure.message.match(/\[URL=/g)).toHaveLength(1);
  expect(failure.message).toMatch(
    new RegExp(`this machine's clock \\(signed as of ${signedAt}\\S+Z; AWS allows 15`),
  );
});

test("a clock can be wrong by the 15 minutes that AWS allows", async () => {
  const { server, identityId, connect } = await startWithAws();
  const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
  server.clock.advance(14 * 60_000);
  await connect({ auth: { ...strategy, login: ({ clock: _, ...context }) => strategy.login(context) } })
    .auth()
    .login();
});

test("temporary credentials that have expired only for AWS: the error points at them", async () => {
  const arn = "arn:aws:sts::123456789012:assumed-role/tester/session";
  const { identityId, connect } = await startWithAws({ credentials: [{ ...roleKeys, arn, expiration: 1 }] });
  const strategy = awsIamAuth({ identityId, region, credentials: roleKeys });
  const { message } = await failureOf(connect({ auth: strategy }).auth().login());
  expect(message).toContain("the AWS credentials (temporary ones: they may have expired)");
});

test("a wrong key: the error points at the credentials, says when they expire, and shows none of them", async () => {
  const { identityId, connect } = await startWithAws();
  const wrong = {
    ...roleKeys,
    secretAccessKey: userKeys.secretAccessKey,
    expiration: new Date("2126-01-01T00:00:00Z"),
  };
  const strategy = awsIamAuth({ identityId, region, credentials: wrong });
  const failure = await failureOf(connect({ auth: strategy }).auth().login());
  expect(failure.message).toContain("they expire at 2126-01-01T00:00:00.000Z");
  expect(failure.message).toContain("signed for the STS of us-east-1");
  for (const secret of secrets) expect(printed(failure)).not.toContain(secret);
});

test("a server that reports AWS's refusal as a 401 gets the same advice", async () => {
  const { server, identityId, connect } = await startWithAws();
  server.fail(
    { path: loginPath },
    { status: 401, body: { message: "Invalid proof", error: "UnauthorizedError" } },
  );
  const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
  const failure = await failureOf(connect({ auth: strategy }).auth().login());
  expect(failure).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(failure.message).toContain(
    "Login with aws-auth was refused: Invalid proof. Servers also answer this if AWS",
  );
  expect(failure.message).toContain("(long-lived ones: deleted or deactivated?)");
});

test.each([
  [{ allowedAccountIds: ["999999999999"] }, "AWS account ID not allowed."],
  [{ allowedPrincipalArns: ["arn:aws:iam::123456789012:role/other"] }, "AWS principal ARN not allowed."],
])(
  "a caller that the identity does not allow (%j): the error points at the identity's settings",
  async (seed, text) => {
    const { identityId, connect } = await startWithAws(seed);
    const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
    const failure = await failureOf(connect({ auth: strategy }).auth().login());
    expect(failure).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(failure.message).toContain(text);
    expect(failure.message).toMatch(
      /\. AWS vouched for the caller; the AWS Auth of the identity must allow its account ID and its principal ARN \(of an assumed role, the role's\)\.$/,
    );
    expect(failure.message).not.toContain("clock");
  },
);

test.each([{ status: 404, body: { message: "AWS auth method not found" } }, { status: 503 }])(
  "other failures (%j) are unchanged",
  async (response) => {
    const { server, identityId, connect } = await startWithAws();
    server.fail({ path: loginPath, times: 9 }, response);
    const failure = await failureOf(
      connect({ auth: awsIamAuth({ identityId, region, credentials: userKeys }) })
        .auth()
        .login(),
    );
    expect(failure).toMatchObject({ statusCode: response.status });
    expect(failure.message).not.toContain("STS");
  },
);

test("what a transport throws on the way is the caller's to see, without advice about AWS", async () => {
  const { identityId, connect } = await startWithAws();
  const reason = new Error("Access denied by the office");
  const auth = awsIamAuth({ identityId, region, credentials: userKeys });
  const http = { request: () => Promise.reject(reason) };
  const transport = () => Promise.reject(reason);
  expect(await failureOf(auth.login(loginContext({ http, transport })))).toBe(reason);
  const failure = await failureOf(
    connect({ auth: { ...auth, login: (context) => auth.login({ ...context, http }) } })
      .auth()
      .login(),
  );
  expect(failure.message).toBe("Access denied by the office");
});

test("the regions of China need an endpoint in the identity's settings, since the server derives none", async () => {
  const options = { region: "cn-north-1", credentials: userKeys };
  const without = await startWithAws();
  const strategy = awsIamAuth({ identityId: without.identityId, ...options });
  expect(await failureOf(without.connect({ auth: strategy }).auth().login())).toMatchObject({
    statusCode: 500,
  });
  const withOne = await startWithAws({ stsEndpoint: "https://sts.cn-north-1.amazonaws.com.cn" });
  await withOne
    .connect({ auth: awsIamAuth({ identityId: withOne.identityId, ...options }) })
    .auth()
    .login();
});
