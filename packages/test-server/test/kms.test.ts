import { constants, createHash, createPublicKey, verify } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { call, login, startTest } from "./support/api.ts";

const base = "/api/v1/kms/keys";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

const project = { name: "Keys", slug: "all-keys", type: "kms", environments: [] } as const;

async function startWithKey(fields: Record<string, string> = {}) {
  const started = await startTest({ projects: [project] });
  const { projectId } = started;
  const made = await started.api("POST", base, { body: { projectId, name: "k", ...fields } });
  return { ...started, key: made.body.key, path: `${base}/${made.body.key.id}` };
}

const ecc = { keyUsage: "sign-verify", encryptionAlgorithm: "ECC_NIST_P256" };

describe("KMS keys", () => {
  test("KMS keys are returned without their material", async () => {
    const { key, projectId } = await startWithKey();
    expect(key).toEqual({
      id: uuid,
      name: "k",
      description: null,
      isDisabled: false,
      isExportable: true,
      kmipMetadata: null,
      orgId: uuid,
      projectId,
      keyUsage: "encrypt-decrypt",
      encryptionAlgorithm: "aes-256-gcm",
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  test("KMS keys are found by name in their project only", async () => {
    const { api, key, projectId } = await startWithKey();
    const find = (query: Record<string, string>) => api("GET", `${base}/key-name/k`, { query });
    expect((await find({ projectId })).body.key.id).toBe(key.id);
    expect((await find({})).status).toBe(422);
    const other = await api("POST", "/api/v2/workspace", { body: { projectName: "Other" } });
    expect((await find({ projectId: other.body.project.id })).status).toBe(404);
  });

  test("KMS keys keep unique names on updates too", async () => {
    const { api, path, projectId } = await startWithKey();
    await api("POST", base, { body: { projectId, name: "other" } });
    expect((await api("PATCH", path, { body: { name: "other" } })).status).toBe(400);
    expect((await api("PATCH", path, { body: { name: "k", description: "d" } })).body.key.description).toBe(
      "d",
    );
  });

  test("KMS keys need a project of their type", async () => {
    const { api, projectId } = await startTest();
    for (const response of [
      await api("POST", base, { body: { projectId, name: "k" } }),
      await api("GET", base, { query: { projectId } }),
    ]) {
      expect([response.status, response.body.message]).toEqual([
        400,
        "The project is of type secret-manager. Operations of type kms are not allowed.",
      ]);
    }
  });

  test("the responses about an unknown KMS key name it", async () => {
    const { api, projectId } = await startWithKey();
    const id = "00000000-0000-4000-8000-000000000000";
    const message = async (method: string, path: string, options?: object) =>
      (await api(method, `${base}/${path}`, options)).body.message;
    expect(await message("GET", id)).toBe(`Key with ID "${id}" not found`);
    expect(await message("DELETE", id)).toBe(`Key with ID ${id} not found`);
    expect(await message("GET", "key-name/other", { query: { projectId } })).toBe(
      `Key with name "other" not found for project with ID "${projectId}"`,
    );
  });

  test.each([
    ["", "Name field must be at least 1 lowercase character"],
    ["k".repeat(33), "Name field must be at most 32 lowercase characters"],
    ["Upper", "Name field can only contain lowercase letters, numbers, and hyphens"],
  ])("a KMS key cannot be named %j", async (name, message) => {
    const { api, projectId } = await startWithKey();
    const { status, body } = await api("POST", base, { body: { projectId, name } });
    expect([status, body.message]).toMatchObject([422, [{ path: ["name"], message }]]);
  });

  test("KMS keys must be addressed by a UUID", async () => {
    const { api } = await startTest();
    const { status, body } = await api("GET", `${base}/no-uuid`);
    expect([status, body.message[0]]).toMatchObject([422, { path: ["keyId"], message: "Invalid uuid" }]);
  });

  test("KMS keys are deleted with their project", async () => {
    const { api, path, projectId } = await startWithKey();
    await api("DELETE", `/api/v1/projects/${projectId}`);
    expect((await api("GET", path)).status).toBe(404);
  });

  test("KMS keys obey roles: a viewer can read them, an outsider cannot", async () => {
    const { server, projectId } = await startTest({
      projects: [project],
      identities: [
        { name: "admin", projectRoles: { "all-keys": "admin" }, universalAuth: {} },
        { name: "member", projectRoles: { "all-keys": "member" }, universalAuth: {} },
        { name: "viewer", projectRoles: { "all-keys": "viewer" }, universalAuth: {} },
        { name: "outsider", universalAuth: {} },
      ],
    });
    const as = async (name: string, method: string, path: string, body?: unknown) => {
      const query: Record<string, string> = method === "GET" && path === base ? { projectId } : {};
      const response = await call(server, method, path, { token: await login(server, name), body, query });
      return [response.status, response.body] as const;
    };
    const [, { key }] = await as("member", "POST", base, { projectId, name: "k" });
    const plaintext = { plaintext: base64("x") };
    expect((await as("member", "POST", `${base}/${key.id}/encrypt`, plaintext))[0]).toBe(200);
    expect((await as("viewer", "GET", base))[0]).toBe(200);
    const [status, body] = await as("viewer", "POST", `${base}/${key.id}/encrypt`, plaintext);
    expect([status, body.message]).toEqual([403, "You are not allowed to encrypt on cmek"]);
    expect((await as("outsider", "GET", `${base}/${key.id}`))[0]).toBe(403);
  });

  test("exporting and importing KMS keys is reported as not implemented", async () => {
    const { api, path } = await startWithKey();
    expect((await api("GET", `${path}/private-key`)).status).toBe(501);
    expect((await api("POST", `${base}/bulk-import`, { body: {} })).status).toBe(501);
  });
});

describe("KMS encryption", () => {
  test("KMS encryption returns a different ciphertext each time, and each can be decrypted", async () => {
    const { api, path } = await startWithKey();
    const encrypt = async () =>
      (await api("POST", `${path}/encrypt`, { body: { plaintext: base64("secret") } })).body.ciphertext;
    const [first, second] = [await encrypt(), await encrypt()];
    expect(first).not.toBe(second);
    for (const ciphertext of [first, second, first.replace(/=+$/, "")]) {
      const { body } = await api("POST", `${path}/decrypt`, { body: { ciphertext } });
      expect(body).toEqual({ plaintext: base64("secret") });
    }
  });

  test("KMS decryption detects every change of a ciphertext", async () => {
    const { api, path } = await startWithKey();
    const { body } = await api("POST", `${path}/encrypt`, { body: { plaintext: base64("secret") } });
    const good = Buffer.from(body.ciphertext, "base64");
    for (const at of [0, 14, good.length - 5]) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 1;
      const response = await api("POST", `${path}/decrypt`, { body: { ciphertext: bad.toString("base64") } });
      expect(response).toMatchObject({ status: 500, body: { error: "InternalServerError" } });
    }
    const short = await api("POST", `${path}/decrypt`, { body: { ciphertext: base64("short") } });
    expect(short.status).toBe(500);
  });

  test("KMS takes up to 1 MiB, and nothing too", async () => {
    const { api, path } = await startWithKey();
    const send = (what: string, body: object) => api("POST", `${path}/${what}`, { body });
    const base64Of = (length: number) => Buffer.alloc(length, "x").toString("base64");
    for (const length of [0, 1_048_576]) {
      const plaintext = base64Of(length);
      const { ciphertext } = (await send("encrypt", { plaintext })).body;
      expect((await send("decrypt", { ciphertext })).body.plaintext).toBe(plaintext);
    }
    const signing = { data: "", signingAlgorithm: "ECDSA_SHA_256" };
    const refusals = [
      [await send("encrypt", { plaintext: base64Of(1_048_577) }), "data cannot exceed 1048576 bytes"],
      [await send("decrypt", { ciphertext: base64Of(1_049_601) }), "ciphertext cannot exceed 1049600 bytes"],
      [await send("verify", { ...signing, signature: base64Of(8193) }), "signature cannot exceed 8192 bytes"],
      [await send("encrypt", { plaintext: "!" }), "data must be base64 encoded"],
    ] as const;
    for (const [{ status, body }, message] of refusals) {
      expect([status, body.message]).toMatchObject([422, [{ code: "custom", message }]]);
    }
    expect((await send("encrypt", { plaintext: base64Of(1_600_000) })).status).toBe(500);
  });

  test("a socket takes 1 MiB of plaintext too", async () => {
    const { server, path, token } = await startWithKey();
    const { siteUrl } = await server.listen();
    onTestFinished(() => server.close());
    const response = await fetch(`${siteUrl}${path}/encrypt`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ plaintext: Buffer.alloc(1_048_576).toString("base64") }),
    });
    expect(response.status).toBe(200);
  });
});

describe("KMS signatures", () => {
  test("an encryption key cannot sign, and a signing key cannot encrypt", async () => {
    const { api, key, path } = await startWithKey();
    expect((await api("GET", `${path}/signing-algorithms`)).body.message).toBe(
      `Key with ID '${key.id}' is not intended for signing`,
    );
    expect((await api("GET", `${path}/public-key`)).body.message).toBe(
      "Unsupported key type, expected sign-verify but got encrypt-decrypt",
    );
    const signer = await startWithKey(ecc);
    const response = await signer.api("POST", `${signer.path}/encrypt`, { body: { plaintext: base64("x") } });
    expect(response.status).toBe(400);
  });

  test("a key signs with the algorithms of its family only", async () => {
    const { api, path } = await startWithKey(ecc);
    const { signingAlgorithms } = (await api("GET", `${path}/signing-algorithms`)).body;
    expect(signingAlgorithms).toEqual(["ECDSA_SHA_512", "ECDSA_SHA_384", "ECDSA_SHA_256"]);
    const body = { data: base64("x"), signingAlgorithm: "RSASSA_PSS_SHA_256", signature: "" };
    for (const what of ["sign", "verify"]) {
      expect((await api("POST", `${path}/${what}`, { body })).body.message).toBe(
        "KMS ECC key cannot be used with RSASSA_PSS_SHA_256",
      );
    }
  });

  test("a digest of another length cannot be signed, and no signature of it is valid", async () => {
    const { api, path } = await startWithKey(ecc);
    const body = { data: base64("x"), signingAlgorithm: "ECDSA_SHA_256", isDigest: true, signature: "MAA=" };
    expect((await api("POST", `${path}/sign`, { body })).body.message).toBe(
      "Failed to sign ECC digest with ECDSA_SHA_256 due to signing error. Ensure that your digest is hashed with SHA256.",
    );
    expect((await api("POST", `${path}/verify`, { body })).body.signatureValid).toBe(false);
  });

  test("a disabled key cannot sign", async () => {
    const { api, path } = await startWithKey(ecc);
    await api("PATCH", path, { body: { isDisabled: true } });
    const body = { data: base64("x"), signingAlgorithm: "ECDSA_SHA_256" };
    expect((await api("POST", `${path}/sign`, { body })).body.message).toBe("Key is disabled");
  });

  test("a signature of a digest is one of its data", async () => {
    const { api, path } = await startWithKey(ecc);
    const { publicKey } = (await api("GET", `${path}/public-key`)).body;
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    for (const hash of ["sha256", "sha384", "sha512"]) {
      const digest = createHash(hash).update("film").digest("base64");
      const signingAlgorithm = `ECDSA_SHA_${hash.slice(3)}`;
      const request = { data: digest, signingAlgorithm, isDigest: true };
      const { signature } = (await api("POST", `${path}/sign`, { body: request })).body;
      expect(verify(hash, Buffer.from("film"), key, Buffer.from(signature, "base64"))).toBe(true);
      const check = await api("POST", `${path}/verify`, { body: { ...request, signature } });
      expect(check.body.signatureValid).toBe(true);
    }
  });

  test("RSA-PSS signatures have a salt as long as the digest, and accept no digest", async () => {
    const { api, path } = await startWithKey({ keyUsage: "sign-verify", encryptionAlgorithm: "RSA_4096" });
    const pss = { data: base64("x"), signingAlgorithm: "RSASSA_PSS_SHA_256" };
    const { signature } = (await api("POST", `${path}/sign`, { body: pss })).body;
    const { publicKey } = (await api("GET", `${path}/public-key`)).body;
    const key = {
      key: Buffer.from(publicKey, "base64"),
      format: "der",
      type: "spki",
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    } as const;
    expect(verify("sha256", Buffer.from("x"), key, Buffer.from(signature, "base64"))).toBe(true);
    const body = { ...pss, isDigest: true };
    const { status, body: refusal } = await api("POST", `${path}/sign`, { body });
    expect([status, refusal.message]).toEqual([400, "RSA PSS does not support digested input"]);
  });
});
