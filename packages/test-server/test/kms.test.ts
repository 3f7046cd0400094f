import {
  constants,
  createHash,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  randomBytes,
  verify,
} from "node:crypto";
import { describe, expect, test } from "vitest";
import { signDigestWithEcdsa, verifyDigestWithEcdsa } from "../src/kms/ecdsa-digest.ts";
import { signDigestWithRsa, verifyDigestWithRsa } from "../src/kms/rsa-digest.ts";
import { call, login, startTest } from "./support/api.ts";

const base = "/api/v1/kms/keys";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

async function startWithKey(fields: Record<string, string> = {}) {
  const started = await startTest();
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
      isReserved: false,
      orgId: uuid,
      projectId,
      slug: null,
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

  test("KMS keys must be addressed by a UUID", async () => {
    const { api } = await startTest();
    const { status, body } = await api("GET", `${base}/no-uuid`);
    expect([status, body.message[0]]).toMatchObject([422, { path: ["keyId"], message: "Invalid uuid" }]);
  });

  test("KMS keys are deleted with their project", async () => {
    const { api, path } = await startWithKey();
    await api("DELETE", "/api/v2/workspace/example-project");
    expect((await api("GET", path)).body.message).toBe("Key not found");
  });

  test("KMS keys obey roles: a viewer can read them, an outsider cannot", async () => {
    const { server, projectId } = await startTest({
      projects: [{ name: "P", slug: "project", environments: [] }],
      identities: [
        { name: "admin", projectRoles: { project: "admin" }, universalAuth: {} },
        { name: "member", projectRoles: { project: "member" }, universalAuth: {} },
        { name: "viewer", projectRoles: { project: "viewer" }, universalAuth: {} },
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

  test("KMS encryption and decryption accept up to 4096 bytes", async () => {
    const { api, path } = await startWithKey();
    const send = async (what: string, field: string, length: number) => {
      const body = { [field]: Buffer.alloc(length, "x").toString("base64") };
      return (await api("POST", `${path}/${what}`, { body })).body;
    };
    expect((await send("encrypt", "plaintext", 4096)).ciphertext).toBeDefined();
    for (const body of [
      await send("encrypt", "plaintext", 4097),
      await send("decrypt", "ciphertext", 4097),
    ]) {
      expect(body.message).toMatchObject([{ code: "custom", message: "data cannot exceed 4096 bytes" }]);
    }
  });
});

describe("KMS signatures", () => {
  test("an encryption key cannot sign, and a signing key cannot encrypt", async () => {
    const { api, path } = await startWithKey();
    for (const what of ["signing-algorithms", "public-key"]) {
      expect((await api("GET", `${path}/${what}`)).body.message).toBe(
        "Unsupported key type, expected sign-verify but got encrypt-decrypt",
      );
    }
    const signer = await startWithKey(ecc);
    const response = await signer.api("POST", `${signer.path}/encrypt`, { body: { plaintext: base64("x") } });
    expect(response.status).toBe(400);
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
  }, 60_000);
});

describe("signatures over digests", () => {
  const data = randomBytes(100);
  const digest = createHash("sha256").update(data).digest();

  test("ECDSA signatures of digests agree with Node's own, both ways, many times", () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    for (let round = 0; round < 30; round += 1) {
      expect(verify("sha256", data, publicKey, signDigestWithEcdsa(privateKey, digest))).toBe(true);
      const signature = createSign("sha256").update(data).sign(privateKey);
      expect(verifyDigestWithEcdsa(privateKey, digest, signature)).toBe(true);
      expect(verifyDigestWithEcdsa(privateKey, randomBytes(32), signature)).toBe(false);
    }
  });

  test("a malformed ECDSA signature is not valid", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const good = signDigestWithEcdsa(privateKey, digest);
    const zero = Buffer.from("3006020100020100", "hex");
    for (const bad of [Buffer.alloc(0), Buffer.from("x"), good.subarray(1), good.subarray(0, -1), zero]) {
      expect(verifyDigestWithEcdsa(privateKey, digest, bad)).toBe(false);
    }
  });

  test("RSA signatures of digests agree with Node's own, both ways", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    for (const hash of ["sha256", "sha384", "sha512"] as const) {
      const digested = createHash(hash).update(data).digest();
      expect(verify(hash, data, publicKey, signDigestWithRsa(privateKey, hash, digested))).toBe(true);
      const signature = createSign(hash).update(data).sign(privateKey);
      expect(verifyDigestWithRsa(privateKey, hash, digested, signature)).toBe(true);
      expect(verifyDigestWithRsa(privateKey, hash, digested, signature.subarray(0, -1))).toBe(false);
      expect(verifyDigestWithRsa(privateKey, hash, randomBytes(digested.length), signature)).toBe(false);
    }
  });
});
