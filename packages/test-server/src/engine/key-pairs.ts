import { p256 } from "@noble/curves/nist";
import { type Bytes, concatBytes, equalBytes, fromBase64, fromBigInt, fromHex, toBigInt } from "./bytes.ts";
import { type HashName, hash as hashOf } from "./crypto.ts";

/** What is signed with ECDSA: data, or a digest of it. */
interface EcInput {
  readonly hash: HashName;
  readonly data: Bytes;
  readonly isDigest: boolean;
}

/** The start of the `SubjectPublicKeyInfo` of an uncompressed point on P-256. */
const p256Prefix = fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

const asGiven = { prehash: false, lowS: false } as const;

/** A pair of keys on P-256, whose signatures are DER sequences. */
export class EcKey {
  readonly type = "ec";
  readonly #secret = p256.utils.randomSecretKey();
  readonly #point = Uint8Array.from(p256.getPublicKey(this.#secret, false));
  /** The DER form of the public key's `SubjectPublicKeyInfo`. */
  readonly spki: Bytes = concatBytes(p256Prefix, this.#point);

  sign(input: EcInput): Bytes {
    return Uint8Array.from(p256.sign(digestOf(input), this.#secret, asGiven).toBytes("der"));
  }

  verify({ signature, ...input }: EcInput & { readonly signature: Bytes }): boolean {
    try {
      return p256.verify(signature, digestOf(input), this.#point, { ...asGiven, format: "der" });
    } catch {
      return false;
    }
  }
}

function digestOf({ hash, data, isDigest }: EcInput): Bytes {
  return isDigest ? data : hashOf(hash, data);
}

/** What is signed with RSA, and how. */
interface RsaInput {
  readonly hash: HashName;
  readonly padding: "pkcs1" | "pss";
  readonly data: Bytes;
}

/** How the digest of each hash function starts in a PKCS #1 v1.5 signature (RFC 8017, section 9.2). */
const prefixes: Readonly<Record<HashName, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

/** A pair of RSA keys. */
export class RsaKey {
  readonly type = "rsa";
  /** The DER form of the public key's `SubjectPublicKeyInfo`. */
  readonly spki: Bytes;
  readonly #pkcs8: Bytes;
  readonly #modulus: bigint;
  readonly #publicExponent: bigint;
  readonly #privateExponent: bigint;
  /** In bytes. */
  readonly #size: number;

  private constructor(spki: Bytes, pkcs8: Bytes, { n = "", e = "", d = "" }: JsonWebKey) {
    this.spki = spki;
    this.#pkcs8 = pkcs8;
    this.#modulus = toBigInt(fromBase64(n));
    this.#publicExponent = toBigInt(fromBase64(e));
    this.#privateExponent = toBigInt(fromBase64(d));
    this.#size = fromBase64(n).length;
  }

  /** Generates a pair without blocking other work. */
  static async generate(modulusLength: number): Promise<RsaKey> {
    const { subtle } = crypto;
    const { publicKey, privateKey } = await subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength, publicExponent: fromHex("010001") },
      true,
      ["sign", "verify"],
    );
    return new RsaKey(
      new Uint8Array(await subtle.exportKey("spki", publicKey)),
      new Uint8Array(await subtle.exportKey("pkcs8", privateKey)),
      await subtle.exportKey("jwk", privateKey),
    );
  }

  async sign(input: RsaInput): Promise<Bytes> {
    const scheme = schemeOf(input);
    const key = await crypto.subtle.importKey("pkcs8", this.#pkcs8, scheme, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign(scheme, key, input.data));
  }

  async verify({ signature, ...input }: RsaInput & { readonly signature: Bytes }): Promise<boolean> {
    const scheme = schemeOf(input);
    const key = await crypto.subtle.importKey("spki", this.spki, scheme, false, ["verify"]);
    return crypto.subtle.verify(scheme, key, signature, input.data);
  }

  /** Signs a digest with PKCS #1 v1.5. WebCrypto itself only signs data, not digests. */
  signDigest(hash: HashName, digest: Bytes): Bytes {
    const message = toBigInt(this.#padded(hash, digest));
    return fromBigInt(power(message, this.#privateExponent, this.#modulus), this.#size);
  }

  /** Whether this is a PKCS #1 v1.5 signature of the digest by this key. */
  verifyDigest(hash: HashName, digest: Bytes, signature: Bytes): boolean {
    const value = toBigInt(signature);
    if (signature.length !== this.#size || value >= this.#modulus) return false;
    const message = fromBigInt(power(value, this.#publicExponent, this.#modulus), this.#size);
    return equalBytes(message, this.#padded(hash, digest));
  }

  #padded(hash: HashName, digest: Bytes): Bytes {
    const info = concatBytes(fromHex(prefixes[hash]), digest);
    const filler = new Uint8Array(this.#size - info.length - 3).fill(0xff);
    return concatBytes(fromHex("0001"), filler, fromHex("00"), info);
  }
}

/** The salt of PSS is as long as the digest. */
function schemeOf({ hash, padding }: RsaInput): RsaHashedImportParams & RsaPssParams {
  return {
    name: padding === "pss" ? "RSA-PSS" : "RSASSA-PKCS1-v1_5",
    hash: `SHA-${hash.slice(3)}`,
    saltLength: Number(hash.slice(3)) / 8,
  };
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}
