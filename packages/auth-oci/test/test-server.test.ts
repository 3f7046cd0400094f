import { join } from "node:path";
import type { ClientOptions, Clock } from "@infisical/core";
import type { OciAuthSeed, TestServer } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { type OciAuthOptions, ociAuth } from "../src/index.ts";
import {
  createKey,
  folder,
  linesOf,
  optionsOf,
  outsideOracle,
  refusal,
  type Sent,
  section,
  startInfisical,
  tenancy,
  user,
  write,
} from "./oracle.ts";

outsideOracle();

const key = createKey();
const next = createKey();
const stranger = createKey();
const apiKeys = { [key.fingerprint]: key.publicPem, [next.fingerprint]: next.publicPem };

/** A server whose Oracle Cloud has one user with two API keys, and clients that log in as that user. */
async function startWithUser(seed: Partial<OciAuthSeed> = {}) {
  const oci = { tenancyOcid: tenancy, users: { [user]: { name: "app", apiKeys } }, ...seed };
  const { server, connect } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, ociAuth: oci },
        { name: "other", universalAuth: {} },
        { name: "gone", ociAuth: oci, isDeleted: true },
      ],
    },
  });
  const identityOf = (name: string) => server.identities.find((one) => one.name === name)?.identityId ?? name;
  const authFor = (options: OciAuthOptions = optionsOf(key)) =>
    ociAuth({ ...options, identityId: identityOf("app") });
  const clientFor = (options?: OciAuthOptions, others: ClientOptions = {}) =>
    connect({ retry: false, auth: authFor(options), ...others });
  return { server, connect, clientFor, authFor, identityOf };
}

const loginsAt = ({ requests }: TestServer) => requests.filter(({ path }) => path.endsWith("/login"));
const statusesAt = (server: TestServer) => loginsAt(server).map(({ status }) => status);
const signaturesAt = (server: TestServer) =>
  loginsAt(server).map(
    ({ body }) => /signature="([^"]+)"/.exec((body as Sent).headers["authorization"] ?? "")?.[1] ?? "missing",
  );

type Client = ReturnType<Awaited<ReturnType<typeof startWithUser>>["clientFor"]>;
const call = (client: Client) => client.request({ method: "GET", path: "/api/v1/projects" });

/** What a call fails with whose login is refused: it shows no signature and no key, and is remembered. */
async function refusalOf(server: TestServer, client: Client) {
  const error = await failureOf(call(client));
  expect(error.code).toBe("AUTH_FAILED");
  expect((await failureOf(call(client))).message).toBe(error.message);
  expect(loginsAt(server)).toHaveLength(1);
  const text = printed([error, client]) + printed(error);
  for (const secret of [...signaturesAt(server), ...linesOf(key.pkcs8)]) expect(text).not.toContain(secret);
  return error;
}

test("a user logs in on the first call, and neither key nor signature shows", async () => {
  const { server, clientFor, authFor } = await startWithUser({ allowedUsernames: ["app"] });
  const client = clientFor();
  await call(client);
  expect(statusesAt(server)).toEqual([200]);
  const text = printed([client, authFor()]);
  for (const secret of [...signaturesAt(server), ...linesOf(key.pkcs8)]) expect(text).not.toContain(secret);
});

test("a request is signed anew at each login of an hour, and no call fails", async () => {
  const { server, clientFor } = await startWithUser({ accessTokenTTL: 300, accessTokenMaxTTL: 300 });
  const client = clientFor();
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await call(client);
    server.clock.advance(60_000);
  }
  expect(loginsAt(server).length).toBeGreaterThanOrEqual(12);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
  expect(new Set(signaturesAt(server)).size).toBe(loginsAt(server).length);
});

test("a config file and a key file that are replaced are read again at the next login", async () => {
  const { server, clientFor } = await startWithUser();
  const { identityId: _, privateKey, ...owner } = optionsOf(key);
  const path = folder();
  const replace = (fingerprint: string, pem: string) => {
    const key_file = write(join(path, "key.pem"), pem);
    write(join(path, "config"), section("DEFAULT", { ...owner, fingerprint, key_file }));
  };
  replace(key.fingerprint, privateKey);
  const client = clientFor({ configFile: join(path, "config") });
  await client.auth().login();
  replace(next.fingerprint, next.pkcs1);
  await client.auth().login();
  await call(client);
  expect(statusesAt(server)).toEqual([200, 200]);
  const keyIds = loginsAt(server).map(({ body }) => (body as Sent).headers["authorization"]);
  expect(keyIds[0]).toContain(key.fingerprint);
  expect(keyIds[1]).toContain(next.fingerprint);
});

test("a client whose clock is 10 minutes slow signs once more, by the server's clock", async () => {
  const { server, clientFor } = await startWithUser();
  const { clock } = server;
  const slow: Clock = {
    now: () => clock.now() - 600_000,
    sleep: (time, signal) => clock.sleep(time, signal),
  };
  await call(clientFor(undefined, { clock: slow }));
  expect(statusesAt(server)).toEqual([500, 200]);
});

const failure =
  "Infisical also answers this if Oracle refuses the request: check that the user has the API key, the region, and the clock.";

test.each<[string, Partial<OciAuthSeed>, object, number, string]>([
  ["a key of somebody else", {}, { privateKey: stranger.pkcs8 }, 500, `Something went wrong. ${failure}`],
  ["a key that was deleted", {}, { fingerprint: stranger.fingerprint }, 500, failure],
  ["an unknown user", { users: {} }, {}, 500, failure],
  ["the tenancy of somebody else in the key's id", {}, { tenancy: `${tenancy}b` }, 500, failure],
  [
    "a user of another tenancy",
    { tenancyOcid: `${tenancy}b`, users: { [user]: { name: "app", apiKeys, tenancyOcid: tenancy } } },
    {},
    401,
    "Access denied: OCI account isn't part of tenancy. The OCI Auth must have the OCID of the user's tenancy.",
  ],
  [
    "a user that is not allowed",
    { allowedUsernames: ["other"] },
    {},
    401,
    "Access denied: OCI account username not allowed. The OCI Auth must allow the user's name, not its OCID.",
  ],
  [
    "an unknown organization",
    {},
    { organizationSlug: "acme" },
    404,
    "Sub organization with slug acme not found. The proof was accepted: check organizationSlug.",
  ],
])("a login is refused for %s, with advice", async (_, seed, options, statusCode, advice) => {
  const { server, clientFor } = await startWithUser(seed);
  const error = await refusalOf(server, clientFor({ ...optionsOf(key), ...options }));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
});

test.each([
  [
    "other",
    404,
    "did you configure OCI auth?. Check the identity's id, and that OCI Auth is among its auth methods.",
  ],
  ["gone", 401, "Identity not found. The identity was deleted, and only its auth method is left."],
])("the identity %s is refused, with advice", async (name, statusCode, advice) => {
  const { server, connect, identityOf } = await startWithUser();
  const auth = ociAuth({ ...optionsOf(key), identityId: identityOf(name) });
  const error = await refusalOf(server, connect({ retry: false, auth }));
  expect(error.statusCode).toBe(statusCode);
  expect(error.message).toContain(advice);
});

describe("a 500, which may be a refused request or an outage,", () => {
  test("is remembered for 10 seconds at most", async () => {
    const { server, clientFor } = await startWithUser();
    const client = clientFor();
    server.fail({ path: "/api/v1/auth/oci-auth/login" }, { status: 500 });
    await failureOf(call(client));
    server.clock.advance(9_000);
    expect((await failureOf(call(client))).message).toContain("Something went wrong");
    expect(statusesAt(server)).toEqual([500]);
    server.clock.advance(1_001);
    await call(client);
    expect(statusesAt(server)).toEqual([500, 200]);
  });

  test.each([502, 503, 504])("is never a %i: the next call logs in", async (status) => {
    const { server, clientFor } = await startWithUser();
    const client = clientFor();
    server.fail({ path: "/api/v1/auth/oci-auth/login" }, { status });
    expect((await failureOf(call(client))).code).not.toBe("AUTH_FAILED");
    await call(client);
    expect(statusesAt(server)).toEqual([status, 200]);
  });
});

test.each([400, 401, 422, 500])(
  "a %i that repeats the request, or its signature alone, shows neither",
  async (status) => {
    for (const part of ["all", "authorization", "signature"]) {
      let signature = "missing";
      const { logIn } = await startInfisical(ociAuth(optionsOf(key)), (body) => {
        const authorization = (JSON.parse(body) as Sent).headers["authorization"] ?? "";
        signature = /signature="([^"]+)"/.exec(authorization)?.[1] ?? "";
        const parts: Record<string, string> = { all: body, authorization, signature };
        return refusal(status, "UnauthorizedError", `refused: ${parts[part]}`);
      });
      const error = await failureOf(logIn());
      expect(signature).toHaveLength(344);
      expect(printed(error)).not.toContain(signature);
      expect(printed(error)).not.toContain(encodeURIComponent(signature));
    }
  },
);
