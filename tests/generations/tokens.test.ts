import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import { describe, expect, test } from "vitest";
import { type Generation, generations, jumpingClock, recordedError, startReplaying } from "#test-kit";
import { connect, location } from "./connect.ts";

const first = "002-ua-login-ok";
/** The recorded login whose token is another one. */
const second = "010-ua-login-surrounding-spaces";
const credentials = { clientId: "id", clientSecret: "a-client-secret" };
const loginPath = "POST /api/v1/auth/universal-auth/login";
const listPath = "GET /api/v3/secrets/raw";
const list = (sdk: InfisicalSDK) => sdk.secrets().listSecrets(location);

/** Lists that were refused because of the token. */
const refusals = [
  "042-list-expired-ttl",
  "043-list-expired-jwt",
  "048-list-limited-uses-4",
  "049-list-no-auth",
  "051-list-bad-token-wrong-signature",
];

async function withLogin(generation: Generation) {
  const server = await startReplaying(generation);
  const clock = jumpingClock();
  const sdk = new InfisicalSDK({ siteUrl: server.siteUrl, clock, auth: universalAuth(credentials) });
  const steps = () => server.requests.map(({ method, path }) => `${method} ${path}`);
  return { server, sdk, clock, steps };
}

describe.each(generations)("a server of %s", (generation) => {
  test("takes a login and a token", async () => {
    const { server, sdk } = await connect(generation);
    server.next(first, "224-oddname-list");
    expect(await sdk.auth().universalAuth.login(credentials)).toBe(sdk);
    expect(await list(sdk)).toEqual(server.recording("224-oddname-list").response.body);
    const [login, listing] = server.requests;
    expect(login).toMatchObject({ body: credentials, token: undefined });
    expect(listing?.token).toBe(sdk.auth().getAccessToken());
  });

  test.each([
    "003-ua-login-bad-secret",
    "005-ua-login-bad-id-notuuid",
    "007-ua-login-missing-both",
    "062-aws-login-account-not-allowed",
  ])("a refused login is AUTH_FAILED, and no call is sent: %s", async (id) => {
    const server = await startReplaying(generation);
    const sdk = new InfisicalSDK({ siteUrl: server.siteUrl, retry: false });
    const { request, response } = server.recording(id);
    server.next(id);
    const { universalAuth: universal, awsIamAuth: aws } = sdk.auth();
    const identityId = "an-identity";
    const keys = { accessKeyId: "AKIATEST", secretAccessKey: "a-secret-key" };
    const login = request.path.includes("aws-auth")
      ? aws.login({ identityId, region: "eu-central-1", credentials: keys })
      : universal.login(credentials);
    const refused = { code: "AUTH_FAILED", statusCode: response.status };
    await expect(login).rejects.toMatchObject(refused);
    await expect(list(sdk)).rejects.toMatchObject(refused);
    expect(server.requests).toHaveLength(1);
  });

  test.each(refusals)(
    "after a refused token, the client logs in once and repeats the call: %s",
    async (id) => {
      const { server, sdk, steps } = await withLogin(generation);
      server.next(first, id, second, "224-oddname-list");
      expect(await list(sdk)).toEqual(server.recording("224-oddname-list").response.body);
      expect(steps()).toEqual([loginPath, listPath, loginPath, listPath]);
      const [, refused, , repeated] = server.requests;
      expect(repeated?.token).not.toBe(refused?.token);
    },
  );

  test.each(refusals)("a refused token of the caller's own is UNAUTHORIZED: %s", async (id) => {
    const { server, sdk } = await connect(generation);
    server.next(id);
    await expect(list(sdk)).rejects.toMatchObject({
      ...recordedError(server.recording(id)),
      code: "UNAUTHORIZED",
    });
    expect(server.requests).toHaveLength(1);
  });

  test("a token that is refused again is UNAUTHORIZED, without a third attempt", async () => {
    const { server, sdk, steps } = await withLogin(generation);
    const [id = ""] = refusals;
    server.next(first, id, second, id);
    await expect(list(sdk)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(steps()).toEqual([loginPath, listPath, loginPath, listPath]);
  });

  test("what an identity is not allowed to do is FORBIDDEN, without another login", async () => {
    const { server, sdk, steps } = await withLogin(generation);
    server.next(first, "161-create-viewer-forbidden");
    const create = sdk.secrets().createSecret("X1", { ...location, secretValue: "v" });
    await expect(create).rejects.toMatchObject({ code: "FORBIDDEN", statusCode: 403 });
    expect(steps()).toHaveLength(2);
  });

  test("renews a token", async () => {
    const { server, sdk, steps } = await withLogin(generation);
    server.next(first, "023-renew-ok");
    await sdk.auth().login();
    await sdk.auth().renew();
    expect(steps()).toEqual([loginPath, "POST /api/v1/auth/token/renew"]);
    expect(sdk.auth().getAccessToken()).toBe(
      Object(server.recording("023-renew-ok").response.body).accessToken,
    );
  });

  test.each(["036-renew-revoked-with-bearer", "039-renew-expired-ttl", "040-renew-expired-ttl-again"])(
    "a refused renewal is followed by a login: %s",
    async (id) => {
      const { server, sdk, steps } = await withLogin(generation);
      server.next(first, id, second);
      await sdk.auth().login();
      await sdk.auth().renew();
      expect(steps()).toEqual([loginPath, "POST /api/v1/auth/token/renew", loginPath]);
    },
  );

  test.each(["031-revoke-ok", "032-revoke-again"])("a revoked token is forgotten: %s", async (id) => {
    const { server, sdk } = await withLogin(generation);
    server.next(first, id);
    await sdk.auth().login();
    await sdk.auth().revoke();
    expect(sdk.auth().getAccessToken()).toBeNull();
  });
});
