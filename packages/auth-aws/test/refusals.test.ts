import { expect, test } from "vitest";
import { failureOf, printed } from "../../core/test/support.ts";
import { awsIamAuth } from "../src/index.ts";
import { emptyEnvironment, loginPath, roleKeys, secrets, startServer, userKeys } from "./support.ts";

emptyEnvironment();

const region = "us-east-1";

test("a clock that is off: the error says when the request was signed, and what AWS allows", async () => {
  const { server, siteUrl, identityId, clientOf } = await startServer();
  const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
  server.clock.advance(16 * 60_000);
  const signedAt = new Date().toISOString().slice(0, 15);
  const client = clientOf({ ...strategy, login: ({ clock: _, ...context }) => strategy.login(context) });
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

test("within the 15 minutes that AWS allows, a clock may be off", async () => {
  const { server, identityId, clientOf } = await startServer();
  const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
  server.clock.advance(14 * 60_000);
  await clientOf({ ...strategy, login: ({ clock: _, ...context }) => strategy.login(context) })
    .auth()
    .login();
});

test("temporary credentials that are over for AWS only: the error points at them", async () => {
  const arn = "arn:aws:sts::123456789012:assumed-role/tester/session";
  const { identityId, clientOf } = await startServer({ credentials: [{ ...roleKeys, arn, expiration: 1 }] });
  const strategy = awsIamAuth({ identityId, region, credentials: roleKeys });
  const { message } = await failureOf(clientOf(strategy).auth().login());
  expect(message).toContain("the AWS credentials (temporary ones: they may have expired)");
});

test("a wrong key: the error points at the credentials, says when they expire, and shows none of them", async () => {
  const { identityId, clientOf } = await startServer();
  const wrong = {
    ...roleKeys,
    secretAccessKey: userKeys.secretAccessKey,
    expiration: new Date("2126-01-01T00:00:00Z"),
  };
  const strategy = awsIamAuth({ identityId, region, credentials: wrong });
  const failure = await failureOf(clientOf(strategy).auth().login());
  expect(failure.message).toContain("they expire at 2126-01-01T00:00:00.000Z");
  expect(failure.message).toContain("STS of us-east-1 was signed for");
  for (const secret of secrets) expect(printed(failure)).not.toContain(secret);
});

test("a server that words AWS's refusal as a 401 gets the same advice", async () => {
  const { server, identityId, clientOf } = await startServer();
  server.fail(
    { path: loginPath },
    { status: 401, body: { message: "Invalid proof", error: "UnauthorizedError" } },
  );
  const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
  const failure = await failureOf(clientOf(strategy).auth().login());
  expect(failure).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(failure.message).toContain(
    "Login with aws-auth was refused: Invalid proof. A server also answers so where AWS",
  );
  expect(failure.message).toContain("(long-lived ones: deleted or deactivated?)");
});

test.each([
  [{ allowedAccountIds: ["999999999999"] }, "AWS account ID not allowed."],
  [{ allowedPrincipalArns: ["arn:aws:iam::123456789012:role/other"] }, "AWS principal ARN not allowed."],
])(
  "a caller that the identity does not allow (%j): the error points at the identity's settings",
  async (seed, text) => {
    const { identityId, clientOf } = await startServer(seed);
    const strategy = awsIamAuth({ identityId, region, credentials: userKeys });
    const failure = await failureOf(clientOf(strategy).auth().login());
    expect(failure).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(failure.message).toContain(
      `${text} AWS vouched for the caller; the AWS Auth of the identity must allow`,
    );
    expect(failure.message).not.toContain("clock");
  },
);

test.each([{ status: 404, body: { message: "AWS auth method not found" } }, { status: 503 }])(
  "other failures (%j) stay as they are",
  async (response) => {
    const { server, identityId, clientOf } = await startServer();
    server.fail({ path: loginPath, times: 9 }, response);
    const failure = await failureOf(
      clientOf(awsIamAuth({ identityId, region, credentials: userKeys }))
        .auth()
        .login(),
    );
    expect(failure).toMatchObject({ statusCode: response.status });
    expect(failure.message).not.toContain("STS");
  },
);

test("the regions of China need an endpoint in the identity's settings, since the server derives none", async () => {
  const options = { region: "cn-north-1", credentials: userKeys };
  const without = await startServer();
  const strategy = awsIamAuth({ identityId: without.identityId, ...options });
  expect(await failureOf(without.clientOf(strategy).auth().login())).toMatchObject({ statusCode: 500 });
  const withOne = await startServer({ stsEndpoint: "https://sts.cn-north-1.amazonaws.com.cn" });
  await withOne
    .clientOf(awsIamAuth({ identityId: withOne.identityId, ...options }))
    .auth()
    .login();
});
