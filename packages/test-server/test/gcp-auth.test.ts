import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTestGoogleMetadata, createTestTokenIssuer } from "../src/clouds/index.ts";
import { createTestServer, type GcpAuthSeed, type IssueTokenOptions, type TestServer } from "../src/index.ts";
import { claimsOf, loginWith, refusal, unexplained } from "./support/token-login.ts";

function serverWith(gcpAuth: GcpAuthSeed): TestServer {
  return createTestServer({ clock: { frozen: true }, identities: [{ name: "vm", gcpAuth }] });
}

const idOf = ({ identities }: TestServer) => identities[0]?.identityId ?? "";
const login = (server: TestServer, jwt: string, fields?: Record<string, string>) =>
  loginWith(server, "gcp-auth", jwt, fields);
const tokenError = (message: string) => refusal(403, message, "TokenError");

const email = "app@acme.iam.gserviceaccount.com";
const machine = { project_id: "acme", zone: "europe-west1-b" };

describe("GCP Auth with ID tokens", () => {
  const shared = serverWith({ type: "gce" });

  const tokenFor = (server: TestServer, changes: object = {}, options?: IssueTokenOptions) => {
    const own = {
      iss: "https://accounts.google.com",
      aud: idOf(server),
      email,
      google: { compute_engine: machine },
    };
    return server.tokenIssuer.issueToken({ ...own, ...changes }, options);
  };
  const loginAs = async (server: TestServer, changes?: object, options?: IssueTokenOptions) =>
    login(server, await tokenFor(server, changes, options));

  test("an ID token for the identity logs in", async () => {
    const { status, body } = await loginAs(serverWith({ type: "gce", accessTokenTTL: 60 }));
    expect(status).toBe(200);
    expect(body.expiresIn).toBe(60);
    expect(claimsOf(body.accessToken).authMethod).toBe("gcp-auth");
  });

  test("an ID token of the simulated metadata server logs in", async () => {
    const claims = { iss: "https://accounts.google.com" };
    const metadata = createTestGoogleMetadata({ issuer: shared.tokenIssuer, claims });
    onTestFinished(() => metadata.close());
    const { GCE_METADATA_HOST } = await metadata.listen();
    const path = "/computeMetadata/v1/instance/service-accounts/default/identity";
    const url = `http://${GCE_METADATA_HOST}${path}?audience=${idOf(shared)}&format=full`;
    const response = await fetch(url, { headers: { "metadata-flavor": "Google" } });
    expect((await login(shared, await response.text())).status).toBe(200);
  });

  test.each<[string, object, IssueTokenOptions]>([
    ["a wrong signature", {}, { shape: "wrong-signature" }],
    ["no signature", {}, { shape: "no-signature" }],
    ["no algorithm", {}, { shape: "no-algorithm" }],
    ["an unknown key", {}, { keyId: "other" }],
    ["no key id", {}, { keyId: null }],
    ["an end in the past", {}, { expiresIn: -301 }],
    ["an issue time in the future", { iat: Date.UTC(2026, 0, 1) / 1000 + 301 }, {}],
    ["no end", { exp: undefined }, {}],
    ["an end more than a day ahead", {}, { expiresIn: 86_400 }],
    ["another audience", { aud: "infisical" }, {}],
    ["another issuer", { iss: "accounts.google.com" }, {}],
  ])("an ID token with %s is refused without a reason", async (_, changes, options) => {
    expect(await loginAs(shared, changes, options)).toEqual(unexplained);
  });

  test("an ID token is accepted for 300 seconds after its end, and before its time of issue", async () => {
    expect((await loginAs(shared, {}, { expiresIn: -300 })).status).toBe(200);
    expect(
      (await loginAs(shared, { iat: Date.UTC(2026, 0, 1) / 1000 + 300 }, { notBefore: 300 })).status,
    ).toBe(200);
    expect((await loginAs(shared, {}, { expiresIn: 86_399 })).status).toBe(200);
  });

  test("text that is not a JWT, and a token followed by a line break, are refused without a reason", async () => {
    expect(await login(shared, "not-a-jwt")).toEqual(unexplained);
    expect(await login(shared, `${await tokenFor(shared)}\n`)).toEqual(unexplained);
  });

  test("an ID token without an e-mail address is refused", async () => {
    expect(await loginAs(shared, { email: undefined })).toEqual(
      refusal(401, "You are not allowed to access this resource"),
    );
  });

  test("the service account is compared exactly", async () => {
    const server = serverWith({ type: "gce", allowedServiceAccounts: ["x", email] });
    expect((await loginAs(server)).status).toBe(200);
    const message = "Access denied: GCP service account not allowed.";
    expect(await loginAs(server, { email: `${email}x` })).toEqual(refusal(401, message));
    expect(await loginAs(serverWith({ type: "gce", allowedServiceAccounts: ["*"] }))).toEqual(
      refusal(401, message),
    );
  });

  test.each([
    ["project", { allowedProjects: ["other"] }],
    ["zone", { allowedZones: ["europe-west1-c"] }],
  ])("another %s is refused, unless the token does not name its machine", async (what, allowed) => {
    const server = serverWith({ type: "gce", ...allowed });
    expect(await loginAs(server)).toEqual(refusal(401, `Access denied: GCP ${what} not allowed.`));
    expect((await loginAs(server, { google: undefined })).status).toBe(200);
    expect((await loginAs(server, { google: {} })).status).toBe(200);
  });

  test("the allowed project and zone log in, and are checked after the service account in this order", async () => {
    const allowed = {
      allowedServiceAccounts: [email],
      allowedProjects: ["acme"],
      allowedZones: ["europe-west1-b"],
    };
    const server = serverWith({ type: "gce", ...allowed });
    expect((await loginAs(server)).status).toBe(200);
    const google = { compute_engine: { project_id: "x", zone: "x" } };
    expect((await loginAs(server, { google, email: "x" })).message).toContain("service account");
    expect((await loginAs(server, { google })).message).toContain("project");
  });

  test("the keys of Google can be in the seed", async () => {
    const issuer = createTestTokenIssuer({ issuer: "https://accounts.google.com", clock: { frozen: true } });
    const server = serverWith({ type: "gce", jwks: await issuer.jwks() });
    expect((await login(server, await issuer.issueToken({ aud: idOf(server), email }))).status).toBe(200);
    expect(await loginAs(server)).toEqual(unexplained);
  });
});

describe("GCP Auth with JWTs that service accounts have signed", () => {
  const shared = serverWith({ type: "iam" });

  const tokenFor = (server: TestServer, changes: object = {}, options?: IssueTokenOptions) =>
    server.tokenIssuer.issueToken({ sub: email, aud: idOf(server), ...changes }, options);
  const loginAs = async (server: TestServer, changes?: object, options?: IssueTokenOptions) =>
    login(server, await tokenFor(server, changes, options));

  test("a JWT for the identity logs in, even one without an end", async () => {
    expect((await loginAs(shared)).status).toBe(200);
    expect((await loginAs(shared, { exp: undefined, nbf: undefined, iat: undefined })).status).toBe(200);
  });

  describe("and the simulated IAM Credentials API", () => {
    async function startSigning() {
      const metadata = createTestGoogleMetadata({
        issuer: shared.tokenIssuer,
        email,
        clock: { frozen: true },
      });
      onTestFinished(() => metadata.close());
      const { GCE_METADATA_HOST } = await metadata.listen();
      const path = "/computeMetadata/v1/instance/service-accounts/default/token";
      const headers = { "metadata-flavor": "Google" };
      const { access_token: token } = await (
        await fetch(`http://${GCE_METADATA_HOST}${path}`, { headers })
      ).json();
      return async (
        payload: unknown,
        { account = email, action = "signJwt", bearer = token, method = "POST" } = {},
      ) => {
        const response = await fetch(
          `http://${GCE_METADATA_HOST}/v1/projects/-/serviceAccounts/${account}:${action}`,
          {
            method,
            headers: { authorization: `Bearer ${bearer}` },
            ...(method === "POST" && { body: JSON.stringify({ payload }) }),
          },
        );
        return { status: response.status, body: await response.json() };
      };
    }

    const seconds = Date.UTC(2026, 0, 1) / 1000;

    test("a JWT that it signs logs in, and has no other claims", async () => {
      const sign = await startSigning();
      const claims = { sub: email, aud: idOf(shared), exp: seconds + 300 };
      const { status, body } = await sign(JSON.stringify(claims), { account: encodeURIComponent(email) });
      expect([status, body.keyId]).toEqual([200, expect.any(String)]);
      expect(claimsOf(body.signedJwt)).toEqual(claims);
      expect((await login(shared, body.signedJwt)).status).toBe(200);
    });

    test.each([
      ["another bearer token", "{}", { bearer: "x" }, 401],
      ["another account", "{}", { account: "x@acme.iam.gserviceaccount.com" }, 403],
      ["another action", "{}", { action: "signBlob" }, 404],
      ["another method", "{}", { method: "GET" }, 404],
      ["a payload that is not text", {}, {}, 400],
      ["a payload that is not an object", "[]", {}, 400],
      ["an end more than 12 hours ahead", JSON.stringify({ exp: seconds + 43_201 }), {}, 400],
      ["an end that is not a time", JSON.stringify({ exp: "soon" }), {}, 400],
    ])("a request with %s is refused", async (_, payload, changes, status) => {
      const sign = await startSigning();
      expect((await sign(JSON.stringify({ exp: seconds + 43_200 }))).status).toBe(200);
      const refused = await sign(payload, changes);
      expect([refused.status, refused.body.error.code]).toEqual([status, status]);
    });
  });

  test.each<[string, object, IssueTokenOptions, string]>([
    ["a wrong signature", {}, { shape: "wrong-signature" }, "invalid signature"],
    ["no signature", {}, { shape: "no-signature" }, "jwt signature is required"],
    ["an end in the past", {}, { expiresIn: 0 }, "Your token has expired. Please re-authenticate."],
    ["a start in the future", {}, { notBefore: 1 }, "jwt not active"],
    ["an end that is not a time", { exp: "soon" }, {}, "invalid exp value"],
    ["an unknown key", {}, { keyId: "other" }, "secret or public key must be provided"],
    ["no key id", {}, { keyId: null }, "secret or public key must be provided"],
    [
      "another algorithm",
      {},
      { algorithm: "ES256" },
      "The access token is signed with an invalid algorithm. Please provide a valid token and try again.",
    ],
    [
      "no algorithm",
      {},
      { shape: "no-algorithm" },
      "The access token is signed with an invalid algorithm. Please provide a valid token and try again.",
    ],
  ])(
    "a JWT with %s is refused in the words of the server's library",
    async (_, changes, options, message) => {
      expect(await loginAs(shared, changes, options)).toEqual(tokenError(message));
    },
  );

  test.each([
    "123-compute@developer.gserviceaccount.com",
    "acme@appspot.gserviceaccount.com",
    "app@acme.example.com.iam.gserviceaccount.com",
    "App@acme.iam.gserviceaccount.com",
    `${email}.`,
    undefined,
  ])("the service account %s cannot log in, whatever its signature", async (sub) => {
    const message = "Invalid service account identifier";
    expect(await loginAs(shared, { sub }, { shape: "wrong-signature" })).toEqual(refusal(401, message));
  });

  test("another audience is refused after the signature is checked", async () => {
    const message = "Invalid audience in GCP IAM Token";
    expect(await loginAs(shared, { aud: "infisical" })).toEqual(refusal(401, message));
    expect(await loginAs(shared, { aud: [idOf(shared)] })).toEqual(refusal(401, message));
    expect((await loginAs(shared, { aud: "infisical" }, { shape: "wrong-signature" })).status).toBe(403);
  });

  test("text that is not a JWT, and a token followed by a line break, are refused without a reason", async () => {
    expect(await login(shared, "not-a-jwt")).toEqual(unexplained);
    expect(await login(shared, `${await tokenFor(shared)}\n`)).toEqual(unexplained);
  });

  test("only service accounts are checked, not projects and zones", async () => {
    const seed = { type: "iam", allowedProjects: ["x"], allowedZones: ["x"] } as const;
    expect((await loginAs(serverWith({ ...seed, allowedServiceAccounts: [email] }))).status).toBe(200);
    expect(await loginAs(serverWith({ ...seed, allowedServiceAccounts: ["x"] }))).toEqual(
      refusal(401, "Access denied: GCP service account not allowed."),
    );
  });

  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: "spki", format: "pem" }).toString();
  const signed = (server: TestServer, kid = "k1", key = privateKey) => {
    const parts = [
      { alg: "RS256", kid },
      { sub: email, aud: idOf(server) },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    const data = parts.join(".");
    return `${data}.${sign("sha256", Buffer.from(data), key).toString("base64url")}`;
  };

  test.each<[string, NonNullable<GcpAuthSeed["serviceAccountKeys"]>[string]]>([
    ["public key in PEM form", { k1: spki }],
    ["JWKS", { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1" }] }],
  ])("the keys of a service account can be in the seed as a %s", async (_, keys) => {
    const server = serverWith({ type: "iam", serviceAccountKeys: { [email]: keys } });
    expect((await login(server, signed(server))).status).toBe(200);
    expect(await login(server, signed(server, "k2"))).toEqual(
      tokenError("secret or public key must be provided"),
    );
    expect(await loginAs(server, { sub: "other@acme.iam.gserviceaccount.com" })).toEqual(unexplained);
  });

  test("the keys of a service account can be in the seed as a certificate", async () => {
    const command = "req -x509 -newkey rsa:2048 -nodes -keyout - -subj /CN=app -days 1".split(" ");
    const pem = execFileSync("openssl", command, { encoding: "utf8", stdio: "pipe" });
    const certificate = pem.slice(pem.indexOf("-----BEGIN CERTIFICATE-----"));
    const server = serverWith({ type: "iam", serviceAccountKeys: { [email]: { k1: certificate } } });
    expect((await login(server, signed(server, "k1", createPrivateKey(pem)))).status).toBe(200);
    expect(await login(server, signed(server))).toEqual(tokenError("invalid signature"));
  });

  test("the seed names keys that are wrong, misplaced or there twice", () => {
    const at = (seed: GcpAuthSeed) => () => serverWith(seed);
    const path = "identities\\[0\\]\\.gcpAuth\\.";
    expect(at({ type: "iam", serviceAccountKeys: { [email]: { k1: "x" } } })).toThrow(
      /\.k1: must be a certificate or a public key in PEM form/,
    );
    expect(at({ type: "iam", serviceAccountKeys: { [email]: "x" } as never })).toThrow(
      /must be a JWKS, or certificates or public keys in PEM form by key id/,
    );
    expect(at({ type: "iam", serviceAccountKeys: {}, jwks: { keys: [] } })).toThrow(
      new RegExp(`${path}serviceAccountKeys: cannot be combined with jwks`),
    );
    expect(at({ type: "gce", serviceAccountKeys: {} })).toThrow(
      new RegExp(`${path}serviceAccountKeys: needs the type "iam"`),
    );
    expect(at({} as never)).toThrow(new RegExp(`${path}type`));
  });
});

describe("the errors of a login with GCP Auth", () => {
  test("an identity without GCP Auth is not found, nor is a deleted one", async () => {
    expect(await login(createTestServer(), "jwt")).toEqual(
      refusal(404, "GCP auth method not found for identity, did you configure GCP auth?"),
    );
    const identities = [{ name: "vm", isDeleted: true, gcpAuth: { type: "gce" as const } }];
    expect(await login(createTestServer({ identities }), "jwt")).toEqual(refusal(401, "Identity not found"));
  });

  test("an organization is looked up after the token is checked", async () => {
    const server = serverWith({ type: "iam" });
    const organizationSlug = "other";
    expect(await login(server, "jwt", { organizationSlug })).toEqual(unexplained);
    const token = await server.tokenIssuer.issueToken({ sub: email, aud: idOf(server) });
    expect(await login(server, token, { organizationSlug })).toEqual(
      refusal(404, "Sub organization with slug other not found"),
    );
  });
});
