import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { type AlicloudAuthSeed, createTestServer } from "../src/index.ts";
import { call } from "./support/api.ts";
import { claimsOf, outcomeOf, refusal, unexplained } from "./support/token-login.ts";

const arn = "acs:ram::123456:user/app";
const accessKeys = [{ accessKeyId: "LTAI5t", accessKeySecret: "se!cr*et", arn }];

function serverWith(alicloudAuth: Partial<AlicloudAuthSeed> = {}) {
  const alicloud = { accessKeys, ...alicloudAuth };
  return createTestServer({
    clock: { frozen: true },
    identities: [
      { name: "service", alicloudAuth: alicloud },
      { name: "without" },
      { name: "deleted", isDeleted: true, alicloudAuth: alicloud },
    ],
  });
}

const shared = serverWith();
let nonces = 0;

const stamp = (time: number) => new Date(time).toISOString().replace(/\.\d+/, "");

/** The parameters of a signed request. No value in them needs more than `encodeURIComponent`. */
function signed(server: ReturnType<typeof serverWith>, changes: object = {}, secret = "se!cr*et") {
  nonces += 1;
  const parameters: Record<string, string> = {
    Action: "GetCallerIdentity",
    Format: "JSON",
    Version: "2015-04-01",
    AccessKeyId: "LTAI5t",
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: `nonce-${nonces}`,
    Timestamp: stamp(server.clock.now()),
    ...changes,
  };
  const pairs = Object.entries(parameters).map((pair) => pair.map(encodeURIComponent).join("="));
  const text = `GET&%2F&${encodeURIComponent(pairs.sort().join("&"))}`;
  return { ...parameters, Signature: createHmac("sha1", `${secret}&`).update(text).digest("base64") };
}

async function login(server: ReturnType<typeof serverWith>, parameters: object, fields: object = {}) {
  const { identityId } = server.identities[0] ?? {};
  const body = { identityId, ...parameters, ...fields };
  return outcomeOf(await call(server, "POST", "/api/v1/auth/alicloud-auth/login", { body }));
}

test("a user logs in with a signed request", async () => {
  const server = serverWith({ accessTokenTTL: 60, allowedArns: ["acs:ram::1:user/x", arn] });
  const { status, body } = await login(server, signed(server));
  expect([status, body.expiresIn]).toEqual([200, 60]);
  expect(claimsOf(body.accessToken).authMethod).toBe("alicloud-auth");
});

const minutes = (count: number) => ({ Timestamp: stamp(shared.clock.now() + count * 60_000) });

test.each([
  ["of an unknown key", () => signed(shared, { AccessKeyId: "LTAIx" })],
  ["with another secret", () => signed(shared, {}, "other")],
  ["that was changed after it was signed", () => ({ ...signed(shared), SignatureNonce: "x" })],
  ["16 minutes old", () => signed(shared, minutes(-16))],
  ["16 minutes ahead", () => signed(shared, minutes(16))],
  ["of another version of the API", () => signed(shared, { Version: "2014-05-26" })],
])("a request %s is refused without a reason", async (_, parameters) => {
  expect(await login(shared, parameters())).toEqual(unexplained);
});

test.each([-14, 14])("a request of %i minutes is in time", async (count) => {
  expect((await login(shared, signed(shared, minutes(count)))).status).toBe(200);
});

test("a nonce can be used once, also after a login", async () => {
  const request = signed(shared);
  expect((await login(shared, request)).status).toBe(200);
  expect(await login(shared, request)).toEqual(unexplained);
  expect((await login(shared, signed(shared))).status).toBe(200);
});

test("an ARN is compared exactly", async () => {
  const server = serverWith({ allowedArns: ["acs:ram::123456:user/*", arn.toUpperCase()] });
  expect(await login(server, signed(server))).toEqual(
    refusal(401, "Access denied: Alibaba Cloud account ARN not allowed."),
  );
});

test("an identity without the method, a deleted one, and an unknown organization are told apart", async () => {
  const [, without, deleted] = shared.identities.map(({ identityId }) => identityId);
  const attempt = (fields: object) => login(shared, signed(shared), fields);
  expect(await attempt({ identityId: without })).toEqual(
    refusal(404, "Alibaba Cloud auth method not found for identity, did you configure Alibaba Cloud auth?"),
  );
  expect(await attempt({ identityId: deleted })).toEqual(refusal(401, "Identity not found"));
  expect(await attempt({ organizationSlug: "x" })).toEqual(
    refusal(404, "Sub organization with slug x not found"),
  );
});

test("the id of a temporary key is refused by the body's rules", async () => {
  const { status, message } = await login(shared, signed(shared, { AccessKeyId: "STS.x" }));
  expect([status, message[0].message]).toEqual([422, "AccessKeyId must be alphanumeric"]);
});

test("a wrong key in the seed is named by its path", () => {
  const accessKeys = [{ accessKeyId: "a", accessKeySecret: "b", arn: "arn:aws:iam::1:user/x" }];
  expect(() => serverWith({ accessKeys })).toThrow(
    "identities[0].alicloudAuth.accessKeys[0].arn: must be an ARN of Alibaba Cloud",
  );
});
