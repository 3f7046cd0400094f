import { AwsV4Signer } from "aws4fetch";
import { describe, expect, test } from "vitest";
import { type AwsAuthSeed, createTestServer, type TestServer } from "../src/index.ts";
import { type ApiResponse, call } from "./support/api.ts";

const keys = { accessKeyId: "AKIATEST", secretAccessKey: "secret/key" };
const temporary = { accessKeyId: "ASIATEST", secretAccessKey: "another", sessionToken: "session+token" };
const arn = "arn:aws:iam::111122223333:user/team/tester";
const query = "Action=GetCallerIdentity&Version=2011-06-15";

function start(seed: AwsAuthSeed = {}): TestServer {
  const credentials = [
    { ...keys, arn },
    { ...temporary, arn: "arn:aws:sts::111122223333:assumed-role/Deploy/run-1" },
  ];
  return createTestServer({
    clock: { frozen: true },
    identities: [
      { name: "robot", projectRoles: { "example-project": "viewer" }, awsAuth: { credentials, ...seed } },
      { name: "other", universalAuth: {} },
    ],
  });
}

interface Signing {
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly region?: string;
  readonly service?: string;
  readonly host?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly signAll?: boolean;
  /** Seconds from the server's time. */
  readonly late?: number;
}

/** The body of a login, signed by an independent library. */
async function signedLogin(server: TestServer, signing: Signing = {}) {
  const { region = "eu-west-1", service = "sts", body = query, signAll = true } = signing;
  const host = signing.host ?? `sts.${region}.amazonaws.com`;
  const date = new Date(server.clock.now() + (signing.late ?? 0) * 1000);
  const signer = new AwsV4Signer({
    url: `https://${host}/`,
    headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", ...signing.headers },
    body,
    ...(signing.credentials ?? keys),
    region,
    service,
    datetime: date.toISOString().replace(/[-:]|\.\d{3}/g, ""),
    allHeaders: signAll,
  });
  const { headers } = await signer.sign();
  const { authorization, ...rest } = Object.fromEntries(headers);
  return login(server, { Host: host, ...rest, Authorization: authorization ?? "" }, body);
}

function login(server: TestServer, headers: Record<string, string>, body = query) {
  return {
    identityId: server.identities[0]?.identityId,
    iamHttpRequestMethod: "POST",
    iamRequestBody: Buffer.from(body).toString("base64"),
    iamRequestHeaders: Buffer.from(JSON.stringify(headers)).toString("base64"),
  };
}

/** The login with its headers changed after signing. */
function tampered(body: ReturnType<typeof login>, changes: Record<string, string | undefined>) {
  const headers = JSON.parse(Buffer.from(body.iamRequestHeaders, "base64").toString());
  return {
    ...body,
    iamRequestHeaders: Buffer.from(JSON.stringify({ ...headers, ...changes })).toString("base64"),
  };
}

function attempt(server: TestServer, body: unknown): Promise<ApiResponse> {
  return call(server, "POST", "/api/v1/auth/aws-auth/login", { body });
}

describe("AWS Auth", () => {
  test("AWS Auth returns a token for the API, to a user and to a role session", async () => {
    const server = start({ accessTokenTTL: 60, accessTokenMaxTTL: 600 });
    for (const credentials of [keys, temporary]) {
      const { status, body } = await attempt(server, await signedLogin(server, { credentials }));
      expect([status, body.expiresIn, body.accessTokenMaxTTL, body.tokenType]).toEqual([
        200,
        60,
        600,
        "Bearer",
      ]);
      const claims = JSON.parse(Buffer.from(body.accessToken.split(".")[1], "base64url").toString());
      expect(claims).toMatchObject({ authMethod: "aws-auth", identityName: "robot" });
      const location = { workspaceId: server.projects[0]?.id ?? "", environment: "dev" };
      const list = await call(server, "GET", "/api/v3/secrets/raw", {
        token: body.accessToken,
        query: location,
      });
      expect(list.status).toBe(200);
    }
  });

  test("AWS Auth accepts the authorization in either case and a body hash, and defaults to POST", async () => {
    const server = start();
    const hash = "ab821ae955788b0e33ebd34c208442ccfc2d406e2edc5e7a39bd6458fbb4f843";
    const { iamHttpRequestMethod: _, ...body } = await signedLogin(server, {
      headers: { "X-Amz-Content-Sha256": hash },
    });
    const { Authorization } = JSON.parse(Buffer.from(body.iamRequestHeaders, "base64").toString());
    const lower = {
      ...body,
      ...tampered(body as never, { Authorization: undefined, authorization: Authorization }),
    };
    expect((await attempt(server, lower)).status).toBe(200);
  });

  test.each<[string, Signing]>([
    ["an unknown access key", { credentials: { ...keys, accessKeyId: "AKIANOBODY" } }],
    ["a wrong secret key", { credentials: { ...keys, secretAccessKey: "wrong" } }],
    ["a missing session token", { credentials: { ...temporary, sessionToken: "" } }],
    ["a wrong session token", { credentials: { ...temporary, sessionToken: "wrong" } }],
    ["a session token for permanent credentials", { credentials: { ...keys, sessionToken: "any" } }],
    ["a date 15 minutes and a second ago", { late: -901 }],
    ["a date in 15 minutes and a second", { late: 901 }],
    ["another service", { service: "iam" }],
    ["the host of another region", { host: "sts.us-east-1.amazonaws.com" }],
    ["an unsigned content type", { signAll: false }],
    ["another action", { body: "Action=GetSessionToken&Version=2011-06-15" }],
    ["a wrong body hash", { headers: { "X-Amz-Content-Sha256": "0".repeat(64) } }],
    ["a wrong length", { headers: { "Content-Length": "44" } }],
    ["an Accept header", { headers: { Accept: "*/*" } }],
  ])("AWS Auth answers with 500, as a real server does when AWS refuses, to %s", async (_, signing) => {
    const server = start();
    const { status, body } = await attempt(server, await signedLogin(server, signing));
    expect([status, body.error]).toEqual([500, "InternalServerError"]);
  });

  test.each<[string, Signing]>([
    ["14:59 minutes ago", { late: -899 }],
    ["in 14:59 minutes", { late: 899 }],
    ["another region", { region: "us-gov-west-1" }],
    ["the right length", { headers: { "Content-Length": "43" } }],
  ])("AWS Auth accepts %s", async (_, signing) => {
    const server = start();
    expect((await attempt(server, await signedLogin(server, signing))).status).toBe(200);
  });

  test("AWS Auth answers with 500 to a request that was changed after signing", async () => {
    const server = start();
    const valid = await signedLogin(server, { credentials: temporary });
    const [{ Authorization = "" }] = [JSON.parse(Buffer.from(valid.iamRequestHeaders, "base64").toString())];
    const statusOf = async (body: unknown) => (await attempt(server, body)).status;
    expect(await statusOf(valid)).toBe(200);
    expect(await statusOf(tampered(valid, { "content-type": "text/plain" }))).toBe(500);
    expect(await statusOf(tampered(valid, { "x-amz-extra": "unsigned" }))).toBe(500);
    expect(await statusOf(tampered(valid, { Authorization: Authorization.replace("host;", "") }))).toBe(500);
    expect(await statusOf(tampered(valid, { Authorization: Authorization.replace(/\w$/, "!") }))).toBe(500);
    expect(await statusOf({ ...valid, iamRequestBody: btoa(`${query}&More=1`) })).toBe(500);
    expect(await statusOf({ ...valid, iamHttpRequestMethod: "GET" })).toBe(500);
    expect(await statusOf({ ...valid, iamRequestHeaders: btoa("nope") })).toBe(500);
  });

  test("AWS Auth answers with 400 to an unreadable region, with 404 for an identity without AWS Auth, and with 500 to an id that is not a UUID", async () => {
    const server = start();
    const valid = await signedLogin(server);
    for (const Authorization of [
      undefined,
      "AWS4-HMAC-SHA256 Credential=AKIA/20260101/EU/sts/aws4_request",
    ]) {
      const { status, body } = await attempt(server, tampered(valid, { Authorization }));
      expect([status, body.message]).toEqual([400, "Invalid AWS region"]);
    }
    const identityId = server.identities[1]?.identityId;
    expect((await attempt(server, { ...valid, identityId })).status).toBe(404);
    expect((await attempt(server, { ...valid, identityId: "nobody" })).status).toBe(500);
  });

  test("AWS Auth refuses expired temporary credentials", async () => {
    const expiration = Date.UTC(2026, 0, 1, 1);
    const server = start({ credentials: [{ ...temporary, arn, expiration }] });
    const status = async () =>
      (await attempt(server, await signedLogin(server, { credentials: temporary }))).status;
    server.clock.advance(3_599_999);
    expect(await status()).toBe(200);
    server.clock.advance(1);
    expect(await status()).toBe(500);
  });

  test.each<[number, AwsAuthSeed]>([
    [200, { allowedAccountIds: ["999999999999", "111122223333"] }],
    [401, { allowedAccountIds: ["11112222333"] }],
    [200, { allowedPrincipalArns: ["arn:aws:iam::111122223333:user/tester"] }],
    [200, { allowedPrincipalArns: ["arn:aws:iam::111122223333:user/team/tester"] }],
    [200, { allowedPrincipalArns: ["arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:user/*"] }],
    [401, { allowedPrincipalArns: ["arn:aws:iam::111122223333:user/te.ter"] }],
    [401, { allowedPrincipalArns: ["user/tester"] }],
    [401, { allowedAccountIds: ["111122223333"], allowedPrincipalArns: ["arn:aws:iam::*:role/*"] }],
  ])("AWS Auth answers with %i to the user team/tester with %j", async (expected, seed) => {
    const server = start(seed);
    const { status, body } = await attempt(server, await signedLogin(server));
    expect(status).toBe(expected);
    if (expected === 401)
      expect([
        "Access denied: AWS account ID not allowed.",
        "Access denied: AWS principal ARN not allowed. [principal-arn=arn:aws:iam::111122223333:user/tester]",
      ]).toContain(body.message);
  });

  test("AWS Auth compares a role session as its role", async () => {
    for (const [pattern, expected] of [
      ["arn:aws:iam::111122223333:role/Deploy", 200],
      ["arn:aws:sts::111122223333:assumed-role/Deploy/run-1", 401],
    ] as const) {
      const server = start({ allowedPrincipalArns: [pattern] });
      const { status } = await attempt(server, await signedLogin(server, { credentials: temporary }));
      expect(status).toBe(expected);
    }
  });

  test("AWS Auth refuses the root of an account, even of an allowed one", async () => {
    const credentials = [{ ...keys, arn: "arn:aws:iam::111122223333:root" }];
    const server = start({ credentials, allowedAccountIds: ["111122223333"] });
    expect((await attempt(server, await signedLogin(server))).status).toBe(401);
  });

  test("AWS Auth calls the STS of China only if the identity names the endpoint", async () => {
    const signing = { region: "cn-north-1", host: "sts.cn-north-1.amazonaws.com.cn" };
    for (const [seed, expected] of [
      [{}, 500],
      [{ stsEndpoint: "https://sts.cn-north-1.amazonaws.com.cn" }, 200],
      [{ stsEndpoint: "https://sts.cn-northwest-1.amazonaws.com.cn" }, 500],
    ] as const) {
      const server = start(seed);
      expect((await attempt(server, await signedLogin(server, signing))).status).toBe(expected);
    }
  });

  test("AWS Auth accepts its own organization only", async () => {
    const server = start();
    const valid = await signedLogin(server);
    expect((await attempt(server, { ...valid, organizationSlug: "test-organization" })).status).toBe(200);
    expect((await attempt(server, { ...valid, organizationSlug: "another" })).status).toBe(404);
    expect((await attempt(server, { ...valid, organizationSlug: "" })).status).toBe(422);
  });

  test("an AWS Auth seed that is not valid is reported by field", () => {
    expect(() => start({ credentials: [{ ...keys, arn: "tester" }] })).toThrow(
      "identities[0].awsAuth.credentials[0].arn: must be the ARN of a user or a role",
    );
    expect(() => start({ stsEndpoint: "sts" })).toThrow("identities[0].awsAuth.stsEndpoint: must be a URL");
  });
});
