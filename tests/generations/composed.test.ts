import { InfisicalSDK } from "@infisical/sdk";
import { describe, expect, test } from "vitest";
import { generations, startReplaying } from "#test-kit";
import { connect, location } from "./connect.ts";

const keyId = "9b2f7a54-3c1d-4a6e-8f00-5d2c1b7e9a31";
const signed = { keyId, data: new Uint8Array([104, 105]), signingAlgorithm: "RSASSA_PSS_SHA_256" } as const;

describe.each(generations)("against a server of %s", (generation) => {
  test("listSecretsIfChanged returns the list, with its tag if the server sends one", async () => {
    const { server, sdk } = await connect(generation);
    server.next("224-oddname-list");
    const { headers, body } = server.recording("224-oddname-list").response;
    const result = await sdk.secrets().listSecretsIfChanged(location);
    expect(result).toEqual({ ...Object(body), notModified: false, etag: headers["etag"] });
  });

  test("listSecretsWithImports merges a folder that imports nothing", async () => {
    const { server, sdk } = await connect(generation);
    server.next("122-list-empty-with-imports");
    server.next("114-folder-list-path");
    expect(await sdk.secrets().listSecretsWithImports(location)).toEqual([]);
    expect(server.requests[0]?.query).toMatchObject({ include_imports: "true" });
  });

  test("getSecrets returns the named secrets, and the names that are missing", async () => {
    const { server, sdk } = await connect(generation);
    server.next("224-oddname-list");
    const { secrets } = server.recording("224-oddname-list").response.body as { secrets: Named[] };
    const secretNames = ["a.b", "NOPE", "1abc"];
    const result = await sdk.secrets().getSecrets({ ...location, secretNames });
    expect(result).toEqual({
      secrets: ["a.b", "1abc"].map((name) => secrets.find(({ secretKey }) => secretKey === name)),
      missing: ["NOPE"],
    });
  });

  test("getValues returns the values of the named secrets", async () => {
    const { server, sdk } = await connect(generation);
    server.next("224-oddname-list");
    const { secrets } = server.recording("224-oddname-list").response.body as { secrets: Named[] };
    const values = await sdk.secrets().getValues({ ...location, secretNames: ["a.b", "1abc"] });
    const recorded = new Map(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
    expect(values).toEqual({ "a.b": recorded.get("a.b"), "1abc": recorded.get("1abc") });
    expect(recorded.get("a.b")).toEqual(expect.any(String));
  });

  test("secrets.move uses the newest route that the server has", async () => {
    const { server, sdk } = await connect(generation);
    const moved = { isSourceUpdated: true, isDestinationUpdated: true };
    const isOlder = generation === "october-2024";
    if (isOlder) {
      server.nextResponse(server.recording("020-unknown-route").response);
      server.nextResponse({ body: { workspace: { slug: "shop" } } });
    }
    server.nextResponse({ body: moved });
    const { projectId } = location;
    const fields = { sourceEnvironment: "dev", destinationEnvironment: "prod", secretIds: [keyId] };
    expect(await sdk.secrets().move({ projectId, ...fields })).toEqual(moved);
    const body = { ...fields, sourceSecretPath: "/", destinationSecretPath: "/" };
    const byId = { method: "POST", path: "/api/v4/secrets/move", body: { projectId, ...body } };
    const bySlug = { method: "POST", path: "/api/v3/secrets/move", body: { projectSlug: "shop", ...body } };
    const lookup = { method: "GET", path: `/api/v1/workspace/${projectId}`, body: undefined };
    const sent = server.requests.map(({ method, path, body }) => ({ method, path, body }));
    expect(sent).toEqual(isOlder ? [byId, lookup, bySlug] : [byId]);
  });

  test("leases.use hands over the credentials and revokes them", async () => {
    const server = await startReplaying(generation);
    const created = server.recording("474-lease-create-postgres").response.body as {
      lease: { id: string; createdAt: string };
      data: object;
    };
    server.next("474-lease-create-postgres", "501-lease-delete-postgres");
    const sdk = new InfisicalSDK({ siteUrl: server.siteUrl, clock: stoppedAt(created.lease.createdAt) });
    sdk.auth().accessToken("a-token");
    const options = { projectSlug: "shop", environmentSlug: "dev", dynamicSecretName: "pg-main", ttl: "10m" };
    expect(await sdk.dynamicSecrets().leases.use(options, ({ data }) => data)).toEqual(created.data);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/v1/dynamic-secrets/leases",
      `DELETE /api/v1/dynamic-secrets/leases/${created.lease.id}`,
    ]);
  });

  test("environments.list returns those that the server sends with the project", async () => {
    const { server, sdk } = await connect(generation);
    const { project } = server.recording("071-project-create").response.body as {
      project: { id: string; environments: object[] };
    };
    server.nextResponse({ body: { workspace: project } });
    expect(await sdk.environments().list({ projectId: project.id })).toEqual(project.environments);
    expect(project.environments).toHaveLength(3);
  });

  test("encryptBytes and decryptBytes return bytes", async () => {
    const { server, sdk } = await connect(generation);
    server.next("528-kms-encrypt", "533-kms-decrypt");
    const ciphertext = await sdk
      .kms()
      .encryption()
      .encryptBytes({ keyId, plaintext: new Uint8Array([104, 105]) });
    expect(base64(ciphertext)).toBe(Object(server.recording("528-kms-encrypt").response.body).ciphertext);
    const plaintext = await sdk.kms().encryption().decryptBytes({ keyId, ciphertext });
    expect(base64(plaintext)).toBe(Object(server.recording("533-kms-decrypt").response.body).plaintext);
  });
});

test("a current server signs and verifies bytes", async () => {
  const { server, sdk } = await connect("july-2026");
  const signing = sdk.kms().signing();
  const [sign, verify] = ["114-kms-sign-RSA_4096", "115-kms-verify-RSA_4096"] as const;
  server.next(sign, verify, "116-kms-verify-wrong-RSA_4096");
  const recorded = Object(server.recording(sign).response.body).signature;
  expect(base64(await signing.signBytes(signed))).toBe(recorded);
  const signature = new Uint8Array([1]);
  expect(await signing.verifyBytes({ ...signed, signature })).toBe(true);
  expect(await signing.verifyBytes({ ...signed, signature })).toBe(false);
});

test("an older server neither signs nor verifies bytes, and the error says so", async () => {
  const { sdk } = await connect("october-2024");
  const tooOld = { code: "GATEWAY_ERROR", message: expect.stringContaining("new enough for this call?") };
  await expect(sdk.kms().signing().signBytes(signed)).rejects.toMatchObject(tooOld);
  const signature = new Uint8Array([1]);
  await expect(
    sdk
      .kms()
      .signing()
      .verifyBytes({ ...signed, signature }),
  ).rejects.toMatchObject(tooOld);
});

interface Named {
  readonly secretKey: string;
  readonly secretValue: string;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** A clock that stands still, so that no lease of the past expires. */
function stoppedAt(time: string) {
  return {
    now: () => Date.parse(time),
    sleep: (_: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      }),
  };
}
