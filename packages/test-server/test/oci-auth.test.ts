import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { createTestServer, type OciAuthSeed } from "../src/index.ts";
import { call } from "./support/api.ts";
import { claimsOf, outcomeOf, refusal, unexplained } from "./support/token-login.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const tenancyOcid = "ocid1.tenancy.oc1..t";
const userOcid = "ocid1.user.oc1..u";
const fingerprint = "12:34";
const apiKeys = { [fingerprint]: publicKey.export({ type: "spki", format: "pem" }).toString() };
const users = { [userOcid]: { name: "app", apiKeys } };

function serverWith(ociAuth: Partial<OciAuthSeed> = {}) {
  const oci = { tenancyOcid, users, ...ociAuth };
  return createTestServer({
    clock: { frozen: true },
    identities: [
      { name: "service", ociAuth: oci },
      { name: "without" },
      { name: "deleted", isDeleted: true, ociAuth: oci },
    ],
  });
}

const shared = serverWith();

/** What of a request can be wrong. */
interface Request {
  readonly host?: string;
  readonly date?: string;
  /** The name of the header with the date. */
  readonly dateHeader?: string;
  readonly signed?: readonly string[];
  readonly keyId?: string;
  readonly key?: typeof privateKey;
  readonly algorithm?: string;
  readonly looksUp?: string;
  readonly headers?: object;
}

function bodyOf(server: ReturnType<typeof serverWith>, request: Request = {}) {
  const {
    host = "identity.eu-frankfurt-1.oraclecloud.com",
    date = new Date(server.clock.now()).toUTCString(),
    dateHeader = "x-date",
    signed = [dateHeader, "(request-target)", "host"],
    keyId = `${tenancyOcid}/${userOcid}/${fingerprint}`,
    key = privateKey,
    algorithm = "rsa-sha256",
    looksUp = userOcid,
    headers = {},
  } = request;
  const values: Record<string, string> = {
    [dateHeader]: date,
    "(request-target)": `get /20160918/users/${looksUp}`,
    host,
    accept: "*",
  };
  const text = signed.map((name) => `${name}: ${values[name]}`).join("\n");
  const signature = sign("sha256", Buffer.from(text), key).toString("base64");
  const authorization = `Signature version="1",keyId="${keyId}",algorithm="${algorithm}",headers="${signed.join(" ")}",signature="${signature}"`;
  return { userOcid: looksUp, headers: { authorization, host, [dateHeader]: date, ...headers } };
}

async function login(server: ReturnType<typeof serverWith>, request?: Request, fields: object = {}) {
  const { identityId } = server.identities[0] ?? {};
  const body = { identityId, ...bodyOf(server, request), ...fields };
  return outcomeOf(await call(server, "POST", "/api/v1/auth/oci-auth/login", { body }));
}

test("a user logs in with a signed request, over x-date or date", async () => {
  const server = serverWith({ accessTokenTTL: 60, allowedUsernames: ["other", "app"] });
  for (const dateHeader of ["x-date", "date"]) {
    const { status, body } = await login(server, { dateHeader });
    expect([status, body.expiresIn]).toEqual([200, 60]);
    expect(claimsOf(body.accessToken).authMethod).toBe("oci-auth");
  }
});

const at = (minutes: number) => new Date(shared.clock.now() + minutes * 60_000).toUTCString();

test.each<[string, Request]>([
  ["of another key", { key: stranger.privateKey }],
  ["of an unknown user", { keyId: `${tenancyOcid}/ocid1.user.oc1..x/${fingerprint}` }],
  ["of an unknown fingerprint", { keyId: `${tenancyOcid}/${userOcid}/constructor` }],
  ["of another tenancy", { keyId: `ocid1.tenancy.oc1..x/${userOcid}/${fingerprint}` }],
  ["for another user", { looksUp: "ocid1.user.oc1..x" }],
  ["with another algorithm", { algorithm: "hmac-sha256" }],
  ["6 minutes old", { date: at(-6) }],
  ["6 minutes ahead", { date: at(6) }],
  ["with a date that is not one", { date: "yesterday" }],
  ["that does not sign the date", { signed: ["(request-target)", "host"] }],
  ["that does not sign the host", { signed: ["x-date", "(request-target)"] }],
  ["that does not sign the target", { signed: ["x-date", "host"] }],
  [
    "that signs a header which is not passed on",
    { signed: ["x-date", "(request-target)", "host", "accept"], headers: { accept: "*" } },
  ],
  ["whose authorization is missing", { headers: { authorization: "" } }],
])("a request %s is refused without a reason", async (_, request) => {
  expect(await login(shared, request)).toEqual(unexplained);
});

test.each([at(-5), at(5)])("a request of %s is in time", async (date) => {
  expect((await login(shared, { date })).status).toBe(200);
});

test.each([
  "identity.us-gov-ashburn-1.oraclecloud.com",
  "identity.eu-frankfurt-1.oci.oraclecloud.com",
  "identity.eu-frankfurt-1.oraclegovcloud.com",
  "identity.iad.oraclecloud.com",
  "example.com",
])("the host %s is refused", async (host) => {
  expect(await login(shared, { host })).toEqual(
    refusal(400, "Invalid OCI host format. Expected format: identity.<region>.oraclecloud.com"),
  );
});

test("a user of another tenancy, and one whose name is not allowed, are refused", async () => {
  const elsewhere = { [userOcid]: { name: "app", apiKeys, tenancyOcid } };
  const other = serverWith({ tenancyOcid: "ocid1.tenancy.oc1..other", users: elsewhere });
  expect(await login(other)).toEqual(refusal(401, "Access denied: OCI account isn't part of tenancy."));
  expect(await login(serverWith({ allowedUsernames: ["App", userOcid] }))).toEqual(
    refusal(401, "Access denied: OCI account username not allowed."),
  );
});

test("an identity without OCI Auth, a deleted one, and an unknown organization are told apart", async () => {
  const [, without, deleted] = shared.identities.map(({ identityId }) => identityId);
  expect(await login(shared, {}, { identityId: without })).toEqual(
    refusal(404, "OCI auth method not found for identity, did you configure OCI auth?"),
  );
  expect(await login(shared, {}, { identityId: deleted })).toEqual(refusal(401, "Identity not found"));
  expect(await login(shared, {}, { organizationSlug: "x" })).toEqual(
    refusal(404, "Sub organization with slug x not found"),
  );
  // The proof comes first.
  expect(await login(shared, { date: at(-6) }, { organizationSlug: "x" })).toEqual(unexplained);
});

test("a body without a date is refused field by field", async () => {
  const { headers } = bodyOf(shared);
  const { status, message } = await login(shared, {}, { headers: { ...headers, "x-date": undefined } });
  expect([status, message[0].message]).toEqual([422, "Either date or x-date must be provided"]);
});

test("a wrong key in the seed is named by its path", () => {
  expect(() => serverWith({ users: { u: { name: "app", apiKeys: { f: "x" } } } })).toThrow(
    /identities\[0\]\.ociAuth\.users\.u\.apiKeys\.f: must be a public key in PEM form/,
  );
});
