import {
  constants,
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  verify,
} from "node:crypto";
import { describe, expect, test } from "vitest";
import { readPublicKey } from "../src/auth/json-web-token.ts";
import { fromBase64, fromUtf8, toBase64, toBase64Url, toHex, utf8 } from "../src/engine/bytes.ts";
import { decryptAesGcm, encryptAesGcm, hmacSha256, sha1, sha256 } from "../src/engine/crypto.ts";
import { EcKey, RsaKey } from "../src/engine/key-pairs.ts";

const hashes = ["sha256", "sha384", "sha512"] as const;
const data = utf8("infisical");

function digestOf(hash: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash(hash).update(data).digest());
}

function changed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.map((byte, index) => (index === 8 ? byte ^ 1 : byte)) as Uint8Array<ArrayBuffer>;
}

function spkiKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
}

describe("bytes", () => {
  test("Base64 is decoded as Node decodes it", () => {
    for (const text of ["YQ==YQ==", "YQ", "Y", "YQ==!", "a b\ncd", "-_-_", "####", "", "4pyTIMOg"]) {
      expect(toHex(fromBase64(text)), text).toBe(Buffer.from(text, "base64").toString("hex"));
    }
  });

  test("bytes are encoded as Node encodes them", () => {
    const bytes = Uint8Array.from(randomBytes(70_001));
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff))).toBe("\ufeffa\ufffd");
  });
});

describe("hashes and ciphers", () => {
  test("hashes are those of Node", () => {
    expect(toHex(sha1("é"))).toBe(createHash("sha1").update("é").digest("hex"));
    expect(toHex(sha256(data))).toBe(createHash("sha256").update(data).digest("hex"));
    expect(toHex(hmacSha256("key", "é"))).toBe(createHmac("sha256", "key").update("é").digest("hex"));
  });

  test.each([16, 32])("a text that Node encrypts with AES-GCM and %i bytes is decrypted", async (length) => {
    const key = Uint8Array.from(randomBytes(length));
    const nonce = randomBytes(12);
    const cipher = createCipheriv(length === 16 ? "aes-128-gcm" : "aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([nonce, cipher.update(data), cipher.final(), cipher.getAuthTag()]);
    expect(await decryptAesGcm(key, Uint8Array.from(sealed))).toEqual(data);
    expect(await decryptAesGcm(key, await encryptAesGcm(key, data))).toEqual(data);
    await expect(decryptAesGcm(key, changed(sealed))).rejects.toThrow();
  });
});

describe("keys of the server", () => {
  test("RSA signatures of data and of digests are valid for Node", async () => {
    const pair = await RsaKey.generate(2048);
    const key = spkiKey(pair.spki);
    for (const hash of hashes) {
      const plain = await pair.sign({ hash, padding: "pkcs1", data });
      const pss = await pair.sign({ hash, padding: "pss", data });
      expect(pair.signDigest(hash, digestOf(hash))).toEqual(plain);
      expect(verify(hash, data, key, plain)).toBe(true);
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
      expect(verify(hash, data, { key, padding, saltLength }, pss)).toBe(true);
      expect(pair.verifyDigest(hash, digestOf(hash), plain)).toBe(true);
      expect(pair.verifyDigest(hash, digestOf(hash), changed(plain))).toBe(false);
      expect(pair.verifyDigest(hash, digestOf(hash), plain.slice(1))).toBe(false);
    }
  });

  test("ECDSA signatures of data and of digests are valid for Node", () => {
    const pair = new EcKey();
    const key = spkiKey(pair.spki);
    for (const hash of hashes) {
      const signature = pair.sign({ hash, data: digestOf(hash), isDigest: true });
      expect(verify(hash, data, { key, dsaEncoding: "der" }, signature)).toBe(true);
      const check = { hash, data, isDigest: false };
      expect(pair.verify({ ...check, signature })).toBe(true);
      expect(pair.verify({ ...check, signature: changed(signature) })).toBe(false);
      expect(pair.verify({ ...check, signature: utf8("no signature") })).toBe(false);
    }
  });
});

describe("public keys", () => {
  test.each([
    ["RSA", () => generateKeyPairSync("rsa", { modulusLength: 2048 })],
    ["P-256", () => generateKeyPairSync("ec", { namedCurve: "P-256" })],
    ["P-384", () => generateKeyPairSync("ec", { namedCurve: "P-384" })],
    ["P-521", () => generateKeyPairSync("ec", { namedCurve: "P-521" })],
    ["Ed25519", () => generateKeyPairSync("ed25519")],
  ] as const)("the public key of %s is read in PEM form", (_, generate) => {
    const { publicKey } = generate();
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(createPublicKey(readPublicKey(`\n${pem}`) ?? "").equals(publicKey)).toBe(true);
  });

  test("an RSA key in the form of PKCS #1 is read", () => {
    for (const modulusLength of [2048, 4096]) {
      const { publicKey } = generateKeyPairSync("rsa", { modulusLength });
      const pem = publicKey.export({ type: "pkcs1", format: "pem" }).toString();
      expect(createPublicKey(readPublicKey(pem) ?? "").equals(publicKey)).toBe(true);
    }
  });

  test("a text that is not a public key is refused", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    const cut = pem.replace(/.{8}(?=\n-----END)/, "");
    const x25519 = generateKeyPairSync("x25519").publicKey.export({ type: "spki", format: "pem" });
    const secret = privateKey.export({ type: "pkcs8", format: "pem" });
    const curve = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export({
      type: "spki",
      format: "pem",
    });
    for (const text of ["", "no key", cut, curve.toString(), x25519.toString(), secret.toString()]) {
      expect(readPublicKey(text), text).toBeUndefined();
    }
  });
});
