import { createHash, createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EncryptionAlgorithm, KeyUsage, SigningAlgorithm } from "../src/index.ts";
import { base64, bytes } from "./bytes.ts";
import { startKms } from "./start-kms.ts";

type Started = Awaited<ReturnType<typeof startKms>>;

async function makeKey({ keys, projectId, kms }: Started, encryptionAlgorithm: EncryptionAlgorithm) {
  const keyUsage = KeyUsage.SIGNING;
  const { id: keyId } = await keys.create({ projectId, name: "k", keyUsage, encryptionAlgorithm });
  return { keyId, signing: kms.signing() };
}

describe.each([
  ["ECC_NIST_P256", "ECDSA_SHA_256", "ECDSA_SHA_384"],
  ["RSA_4096", "RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_512"],
] as const)("a key of kind %s", (kind, signingAlgorithm, other) => {
  let started: Started;
  let keyId: string;
  let signing: ReturnType<Started["kms"]["signing"]>;

  beforeAll(async () => {
    started = await startKms({ keepOpen: true });
    ({ keyId, signing } = await makeKey(started, kind));
    await signing.getPublicKey({ keyId });
  });
  afterAll(() => started.server.close());

  test("signs and verifies base64 and bytes, and its public key verifies elsewhere", async () => {
    const { server } = started;
    const data = base64("a contract");
    const signed = await signing.sign({ keyId, data, signingAlgorithm, isDigest: false });
    expect(server.requests.at(-1)).toMatchObject({
      method: "POST",
      path: `/api/v1/kms/keys/${keyId}/sign`,
      body: { data, signingAlgorithm, isDigest: false },
    });
    expect(signed).toMatchObject({ keyId, signingAlgorithm });
    const { signature } = signed;
    const verified = await signing.verify({ keyId, data, signature, signingAlgorithm });
    expect(verified).toEqual({ signatureValid: true, keyId, signingAlgorithm });
    const forged = base64("another contract");
    const refuted = await signing.verify({ keyId, data: forged, signature, signingAlgorithm });
    expect(refuted.signatureValid).toBe(false);

    const binary = await signing.signBytes({ keyId, data: bytes("a contract"), signingAlgorithm });
    const again = { keyId, data: bytes("a contract"), signature: binary, signingAlgorithm };
    expect(await signing.verifyBytes(again)).toBe(true);
    expect(await signing.verifyBytes({ ...again, data: bytes("no") })).toBe(false);

    const der = Buffer.from(await signing.getPublicKey({ keyId }), "base64");
    const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
    expect(verify("sha256", bytes("a contract"), publicKey, binary)).toBe(true);
  });

  test("lists its algorithms, and signs with each", async () => {
    const algorithms = await signing.listSigningAlgorithms({ keyId });
    expect(algorithms).toContain(signingAlgorithm);
    expect(algorithms).toContain(other);
    for (const algorithm of algorithms) {
      const request = { keyId, data: base64("x"), signingAlgorithm: algorithm };
      const { signature } = await signing.sign(request);
      expect(await signing.verify({ ...request, signature })).toMatchObject({ signatureValid: true });
    }
  });

  test("signs a digest that was computed elsewhere", async () => {
    const digest = createHash("sha256").update("a long film").digest();
    const request = { keyId, data: digest, signingAlgorithm, isDigest: true };
    const signature = await signing.signBytes(request);
    expect(await signing.verifyBytes({ ...request, signature })).toBe(true);
    const whole = { keyId, data: bytes("a long film"), signature, signingAlgorithm };
    expect(await signing.verifyBytes(whole)).toBe(true);
    const wrongHash = { ...request, data: digest.subarray(1) };
    await expect(signing.signBytes(wrongHash)).rejects.toThrow(
      /Ensure that your digest is hashed with SHA256/,
    );
  });
});

test.each([0, 1_048_576])("%i bytes can be signed and verified", async (length) => {
  const { signing, keyId } = await makeKey(await startKms(), "ECC_NIST_P256");
  const request = { keyId, data: new Uint8Array(length), signingAlgorithm: "ECDSA_SHA_256" } as const;
  const signature = await signing.signBytes(request);
  expect(await signing.verifyBytes({ ...request, signature })).toBe(true);
  expect(await signing.verifyBytes({ ...request, data: bytes("other"), signature })).toBe(false);
});

test("an algorithm that does not fit the key is refused by the server", async () => {
  const { signing, keyId } = await makeKey(await startKms(), "ECC_NIST_P256");
  const data = base64("x");
  const wrong = signing.sign({ keyId, data, signingAlgorithm: SigningAlgorithm.RSASSA_PSS_SHA_256 });
  await expect(wrong).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(wrong).rejects.toThrow(/KMS ECC key cannot be used with RSASSA_PSS_SHA_256/);
  const unknown = signing.sign({ keyId, data, signingAlgorithm: "MD5" as never });
  await expect(unknown).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
});

test("data and signatures are checked before anything is sent", async () => {
  const started = await startKms();
  const { server } = started;
  const { signing, keyId } = await makeKey(started, "ECC_NIST_P256");
  const before = server.requests.length;
  const signingAlgorithm = "ECDSA_SHA_256";
  const data = base64("x");
  await expect(signing.sign({ keyId, data: "x!", signingAlgorithm })).rejects.toThrow(
    /^data must be a string/,
  );
  const noSignature = signing.verify({ keyId, data, signature: "", signingAlgorithm });
  await expect(noSignature).rejects.toThrow(/^signature must be 1 to 8192 bytes, got 0/);
  const long = { keyId, data: new Uint8Array(1_048_577), signingAlgorithm } as const;
  await expect(signing.signBytes(long)).rejects.toThrow(/^data must be 0 to 1048576 bytes, got 1048577/);
  const text = { ...long, data: bytes("x"), signature: "text" as never };
  await expect(signing.verifyBytes(text)).rejects.toThrow(/^signature must be a Uint8Array/);
  expect(server.requests).toHaveLength(before);
});

test("the ML-DSA names exist, and are sent unchanged", async () => {
  expect([EncryptionAlgorithm.ML_DSA_65, SigningAlgorithm.ML_DSA_65]).toEqual(["ML_DSA_65", "ML_DSA_65"]);
  const { keys, projectId, server } = await startKms();
  const keyUsage = KeyUsage.SIGNING;
  const encryptionAlgorithm = EncryptionAlgorithm.ML_DSA_44;
  const promise = keys.create({ projectId, name: "quantum", keyUsage, encryptionAlgorithm });
  await expect(promise).rejects.toMatchObject({ statusCode: 501 });
  await expect(promise).rejects.toThrow(/does not implement ML_DSA_44 keys/);
  expect(server.requests.at(-1)?.body).toMatchObject({ keyUsage, encryptionAlgorithm });
});
