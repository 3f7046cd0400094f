import type { AuthStrategy, ClientOptions, Clock } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import type { GcpAuthSeed, TestServer } from "@infisical/test-server";
import {
  createTestGoogleMetadata,
  type StandIn,
  type TestGoogleMetadataOptions,
} from "@infisical/test-server/clouds";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { type GcpIamAuthOptions, gcpIamAuth, gcpIdTokenAuth } from "../src/index.ts";
import { createKey, email, keyFile, outsideGoogle } from "./google.ts";

outsideGoogle();

/** A server with three identities, on a machine of Google Cloud whose metadata server is on a socket. */
async function startOnGoogle(gcpAuth: GcpAuthSeed, machine: Partial<TestGoogleMetadataOptions> = {}) {
  const { server, connect } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, gcpAuth },
        { name: "other", universalAuth: {} },
        { name: "gone", gcpAuth, isDeleted: true },
      ],
    },
  });
  const metadata = createTestGoogleMetadata({ issuer: server.tokenIssuer, email, ...machine });
  onTestFinished(() => metadata.close());
  const { GCE_METADATA_HOST } = await metadata.listen();
  vi.stubEnv("GCE_METADATA_HOST", GCE_METADATA_HOST);
  const sockets = nodeTransport();
  const google = "https://iamcredentials.googleapis.com";
  const clientOf = (auth: AuthStrategy, options: ClientOptions = {}) =>
    connect({
      auth,
      // Google's API is at the port of the metadata server.
      transport: (request) =>
        sockets({ ...request, url: request.url.replace(google, `http://${GCE_METADATA_HOST}`) }),
      ...options,
    });
  const identityOf = (name: string) => server.identities.find((one) => one.name === name)?.identityId ?? "";
  return { server, metadata, clientOf, identityOf, identityId: identityOf("app") };
}

const idTokenClaims = { iss: "https://accounts.google.com" };
const startWithIdTokens = (seed: object = {}, claims: object = {}) =>
  startOnGoogle({ type: "gce", ...seed }, { claims: { ...idTokenClaims, ...claims } });

const loginsAt = ({ requests }: TestServer) => requests.filter(({ path }) => path.endsWith("/login"));
const jwtsAt = (server: TestServer) => loginsAt(server).map(({ body }) => (body as { jwt: string }).jwt);
const partOf = (jwt: string | undefined, index: number) =>
  JSON.parse(Buffer.from(jwt?.split(".")[index] ?? "", "base64url").toString());

type Client = ReturnType<Awaited<ReturnType<typeof startOnGoogle>>["clientOf"]>;
const call = (client: Client) => client.request({ method: "GET", path: "/api/v1/projects" });

/** What a call fails with whose login is refused: it shows nothing of the proof, and is remembered. */
async function refusalOf(server: TestServer, client: Client, credentials: readonly string[] = []) {
  const error = await failureOf(call(client));
  expect(error.code).toBe("AUTH_FAILED");
  expect((await failureOf(call(client))).message).toBe(error.message);
  const sent = jwtsAt(server);
  expect(sent).toHaveLength(1);
  const text = printed([error, client]) + printed(error);
  for (const secret of [...sent, ...sent.map((jwt) => jwt.split(".")[2]), ...credentials]) {
    expect(text).not.toContain(secret);
  }
  return error;
}

/** Calls once a minute for an hour, in which the access token ends twelve times. */
async function callForAnHour(server: TestServer, metadata: StandIn, client: Client): Promise<void> {
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await call(client);
    for (const { clock } of [server, metadata]) clock.advance(60_000);
  }
  expect(loginsAt(server).length).toBeGreaterThanOrEqual(12);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
}

const short = { accessTokenTTL: 300, accessTokenMaxTTL: 300 };

describe("an ID token of the metadata server", () => {
  test("logs in on the first call, and shows nowhere", async () => {
    const { server, metadata, clientOf, identityId } = await startWithIdTokens({
      allowedServiceAccounts: [email],
      allowedProjects: ["acme"],
      allowedZones: ["europe-west1-b"],
    });
    const auth = gcpIdTokenAuth({ identityId });
    const client = clientOf(auth);
    await call(client);
    expect(loginsAt(server).map(({ status }) => status)).toEqual([200]);
    expect(metadata.requests.map(({ query }) => query)).toEqual([{ audience: identityId, format: "full" }]);
    expect(printed([client, auth])).not.toContain(jwtsAt(server)[0]);
  });

  test("is requested at each login of an hour, and no call fails", async () => {
    const { server, metadata, clientOf, identityId } = await startWithIdTokens(short);
    await callForAnHour(server, metadata, clientOf(gcpIdTokenAuth({ identityId })));
    expect(metadata.requests).toHaveLength(loginsAt(server).length);
  });

  test("without an e-mail address is not sent", async () => {
    const { server, clientOf, identityId } = await startWithIdTokens({}, { email: undefined });
    const error = await failureOf(call(clientOf(gcpIdTokenAuth({ identityId }))));
    expect(error.message).toContain("The ID token has no `email`: request it with format=full");
    expect(server.requests).toEqual([]);
  });
});

const allowed = "The GCP Auth must allow the";
const anyFailure =
  "Infisical also answers this to a token that it refuses: check its audience (the identity's id) and the type of the GCP Auth.";

test.each<[string, GcpAuthSeed, object, number, string]>([
  [
    "another service account",
    { type: "gce", allowedServiceAccounts: ["other@acme.iam.gserviceaccount.com"] },
    {},
    401,
    `Access denied: GCP service account not allowed. ${allowed} account's e-mail address.`,
  ],
  [
    "another project",
    { type: "gce", allowedProjects: ["other"] },
    {},
    401,
    `Access denied: GCP project not allowed. ${allowed} machine's project.`,
  ],
  [
    "another zone",
    { type: "gce", allowedZones: ["us-east1-a"] },
    {},
    401,
    `Access denied: GCP zone not allowed. ${allowed} machine's zone.`,
  ],
  ["another audience", { type: "gce" }, { aud: "infisical" }, 500, anyFailure],
  ["another issuer", { type: "gce" }, { iss: "https://issuer.test" }, 500, anyFailure],
  ["keys of another issuer", { type: "gce", jwks: { keys: [] } }, {}, 500, anyFailure],
  [
    "a GCP Auth of type IAM",
    { type: "iam" },
    {},
    401,
    "Invalid service account identifier. A GCP Auth of type IAM needs gcpIamAuth.",
  ],
])("an ID token is refused for %s, with advice", async (_, seed, claims, statusCode, advice) => {
  const { server, clientOf, identityId } = await startOnGoogle(seed, {
    claims: { ...idTokenClaims, ...claims },
  });
  const error = await refusalOf(server, clientOf(gcpIdTokenAuth({ identityId })));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(`${advice} The token: issuer https://`);
});

test.each([
  ["other", {}, 404, "Check the identity's id, and that GCP Auth is among its auth methods."],
  ["gone", {}, 401, "Identity not found. The identity was deleted, and only its auth method is left."],
  ["app", { organizationSlug: "acme" }, 404, "The proof was accepted: check organizationSlug."],
])("the identity %s with %j is refused, with advice", async (name, options, statusCode, advice) => {
  const { server, clientOf, identityOf } = await startWithIdTokens();
  const auth = gcpIdTokenAuth({ identityId: identityOf(name), ...options });
  const error = await refusalOf(server, clientOf(auth));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
});

test.each([502, 503, 504])("a %i is an outage, and the next call logs in", async (status) => {
  const { server, clientOf, identityId } = await startWithIdTokens();
  const client = clientOf(gcpIdTokenAuth({ identityId }), { retry: false });
  server.fail({ path: "/api/v1/auth/gcp-auth/login" }, { status });
  expect((await failureOf(call(client))).code).not.toBe("AUTH_FAILED");
  await call(client);
  expect(loginsAt(server).map((login) => login.status)).toEqual([status, 200]);
});

/** The public part of a key, as the server finds it at Google. */
const listed = (...keys: ReturnType<typeof createKey>[]) => ({
  [email]: Object.fromEntries(
    keys.map(({ key, publicKey }) => [
      key.private_key_id,
      publicKey.export({ type: "spki", format: "pem" }).toString(),
    ]),
  ),
});

describe("a JWT signed with the key of a service account", () => {
  test("logs in, and a key file that is replaced is read again at the next login", async () => {
    const [first, second] = [createKey(), createKey({ private_key_id: "key-2" })];
    const serviceAccountKeys = listed(first, second);
    const { server, clientOf, identityId } = await startOnGoogle({ type: "iam", serviceAccountKeys });
    const file = keyFile(first.key);
    const auth = gcpIamAuth({ identityId, serviceAccountKeyFile: file.path });
    const client = clientOf(auth);
    await client.auth().login();
    file.replace(second.key);
    await client.auth().login();
    await call(client);
    expect(jwtsAt(server).map((jwt) => partOf(jwt, 0).kid)).toEqual(["key-1", "key-2"]);
    expect(loginsAt(server).map(({ status }) => status)).toEqual([200, 200]);
    const text = printed([client, auth]);
    for (const secret of [...jwtsAt(server), first.key.private_key]) expect(text).not.toContain(secret);
  });

  test("is signed anew at each login of an hour, and no call fails", async () => {
    const key = createKey();
    const seed = { type: "iam", serviceAccountKeys: listed(key), ...short } as const;
    const { server, metadata, clientOf, identityId } = await startOnGoogle(seed);
    await callForAnHour(server, metadata, clientOf(gcpIamAuth({ identityId, credentials: key.key })));
    expect(new Set(jwtsAt(server)).size).toBe(loginsAt(server).length);
  });

  test("by a client whose clock is 10 minutes slow is signed once more, by the server's clock", async () => {
    const key = createKey();
    const seed = { type: "iam", serviceAccountKeys: listed(key) } as const;
    const { server, clientOf, identityId } = await startOnGoogle(seed);
    const { clock } = server;
    const slow: Clock = {
      now: () => clock.now() - 600_000,
      sleep: (time, signal) => clock.sleep(time, signal),
    };
    await call(clientOf(gcpIamAuth({ identityId, credentials: key.key }), { clock: slow }));
    expect(loginsAt(server).map(({ status }) => status)).toEqual([403, 200]);
  });
});

describe("a JWT signed by Google", () => {
  test("logs in as the machine's service account, and shows nowhere", async () => {
    const { server, metadata, clientOf, identityId } = await startOnGoogle({
      type: "iam",
      allowedServiceAccounts: [email],
    });
    const auth = gcpIamAuth({ identityId, signJwt: true });
    const client = clientOf(auth);
    await call(client);
    const [jwt] = jwtsAt(server);
    const { iat, ...claims } = partOf(jwt, 1);
    expect(claims).toEqual({ sub: email, aud: identityId, exp: iat + 300 });
    const { headers, path } = metadata.requests.at(-1) ?? {};
    expect(path).toContain(":signJwt");
    const text = printed([client, auth]);
    for (const secret of [jwt, headers?.["authorization"]?.slice("Bearer ".length)]) {
      expect(text).not.toContain(secret);
    }
  });

  test("is requested at each login of an hour, and no call fails", async () => {
    const { server, metadata, clientOf, identityId } = await startOnGoogle({ type: "iam", ...short });
    const client = clientOf(gcpIamAuth({ identityId, signJwt: true }));
    await callForAnHour(server, metadata, client);
  });

  test("of another account is Google's to refuse, with advice and without the access token", async () => {
    const { server, metadata, clientOf, identityId } = await startOnGoogle({ type: "iam" });
    const other = "other@acme.iam.gserviceaccount.com";
    const error = await failureOf(call(clientOf(gcpIamAuth({ identityId, signJwt: other }))));
    expect(error.message).toBe(
      "Google's IAM Credentials API refused with status 403: Permission 'iam.serviceAccounts.signJwt' denied on resource " +
        `(or it might not exist). Enable the API, and grant the machine's account roles/iam.serviceAccountTokenCreator on ${other}.`,
    );
    const bearer = metadata.requests.at(-1)?.headers["authorization"] ?? "";
    expect(bearer).toMatch(/^Bearer ya29\./);
    expect(printed(error)).not.toContain(bearer.slice("Bearer ".length));
    expect(server.requests).toEqual([]);
  });
});

const signature = "Infisical refused the signature: check the key and the clocks.";
const key = createKey();
const stranger = createKey();
const iam = { type: "iam", serviceAccountKeys: listed(key) } as const;

test.each<[string, GcpAuthSeed, GcpIamAuthOptions, object, number, string]>([
  ["a key that was deleted", { ...iam, serviceAccountKeys: { [email]: {} } }, {}, {}, 403, signature],
  [
    "the key of somebody else",
    iam,
    { credentials: stranger.key },
    {},
    403,
    `invalid signature. ${signature}`,
  ],
  ["an account that Google does not know", { ...iam, serviceAccountKeys: {} }, {}, {}, 500, anyFailure],
  ["a GCP Auth of type ID Token", { type: "gce" }, {}, {}, 500, anyFailure],
  [
    "another service account",
    { ...iam, allowedServiceAccounts: ["other@acme.iam.gserviceaccount.com"] },
    {},
    {},
    401,
    `Access denied: GCP service account not allowed. ${allowed} account's e-mail address.`,
  ],
  [
    "another audience",
    { type: "iam" },
    { credentials: undefined, signJwt: true },
    { claims: { aud: "infisical" } },
    401,
    "Invalid audience in GCP IAM Token. The token's audience must be the identity's id.",
  ],
])("a signed JWT is refused for %s, with advice", async (_, seed, options, machine, statusCode, advice) => {
  const { server, clientOf, identityId } = await startOnGoogle(seed, machine);
  const auth = gcpIamAuth({ identityId, credentials: key.key, ...options });
  const error = await refusalOf(server, clientOf(auth), [key.key.private_key, stranger.key.private_key]);
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(`${advice} The token: `);
});
