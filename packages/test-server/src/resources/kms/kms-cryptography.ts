import { z } from "zod";
import { badRequest } from "../../api/api-error.ts";
import type { Action } from "../../api/permissions.ts";
import type { Method, Routes } from "../../api/routes.ts";
import { validate } from "../../api/schemas.ts";
import { type Bytes, concatBytes, fromBase64, toBase64, utf8 } from "../../engine/bytes.ts";
import { decryptAesGcm, encryptAesGcm, type HashName } from "../../engine/crypto.ts";
import type { EcKey, RsaKey } from "../../engine/key-pairs.ts";
import { type KmsKey, keyIdOf, permittedKmsKey } from "./kms-keys.ts";

const signingAlgorithm = z.enum([
  "RSASSA_PSS_SHA_512",
  "RSASSA_PSS_SHA_384",
  "RSASSA_PSS_SHA_256",
  "RSASSA_PKCS1_V1_5_SHA_512",
  "RSASSA_PKCS1_V1_5_SHA_384",
  "RSASSA_PKCS1_V1_5_SHA_256",
  "ECDSA_SHA_512",
  "ECDSA_SHA_384",
  "ECDSA_SHA_256",
  "ML_DSA_44",
  "ML_DSA_65",
  "ML_DSA_87",
]);

const largestPayload = 1_048_576;
const isDigest = z.boolean().default(false);
const data = base64("data", largestPayload);

const encryptBody = z.object({ plaintext: data });
/** A ciphertext is longer than its plaintext, the longest one included. */
const decryptBody = z.object({ ciphertext: base64("ciphertext", largestPayload + 1024) });
const signBody = z.object({ signingAlgorithm, isDigest, data });
const verifyBody = z.object({ isDigest, data, signature: base64("signature", 8192), signingAlgorithm });

/** The real server appends this to every ciphertext. */
const version = utf8("v01");

/** Encryption, decryption and signatures with the keys of a project. */
export function registerKmsCryptography(routes: Routes): void {
  /** A route that uses a key. The body is validated before the key is looked up. */
  const use = <Body extends z.ZodTypeAny>(
    [method, path, action]: readonly [Method, string, Action],
    schema: Body,
    handle: (key: KmsKey, fields: z.output<Body>) => unknown,
  ): void =>
    routes.authenticated(method, `/api/v1/kms/keys/:keyId/${path}`, (request) => {
      const keyId = keyIdOf(request);
      const fields = validate(schema, method === "GET" ? {} : request.body());
      return handle(permittedKmsKey(routes, request, keyId, action, { mustBeEnabled: true }).key, fields);
    });

  use(["POST", "encrypt", "encrypt"], encryptBody, async (key, { plaintext }) => {
    return { ciphertext: toBase64(concatBytes(await encryptAesGcm(secretOf(key), plaintext), version)) };
  });

  use(["POST", "decrypt", "decrypt"], decryptBody, async (key, { ciphertext }) => {
    // A ciphertext of another key results in a bare 500, as on the real server.
    return { plaintext: toBase64(await decryptAesGcm(secretOf(key), ciphertext.slice(0, -version.length))) };
  });

  use(["GET", "signing-algorithms", "read"], z.object({}), ({ id, keyUsage, encryptionAlgorithm }) => {
    if (keyUsage !== "sign-verify") throw badRequest(`Key with ID '${id}' is not intended for signing`);
    const prefix = encryptionAlgorithm.startsWith("RSA") ? "RSASSA" : "ECDSA";
    return { signingAlgorithms: signingAlgorithm.options.filter((name) => name.startsWith(prefix)) };
  });

  use(["GET", "public-key", "read"], z.object({}), async (key) => {
    const pair = await pairOf(key);
    return { publicKey: toBase64(pair.spki) };
  });

  use(["POST", "sign", "sign"], signBody, async (key, { data, signingAlgorithm, isDigest }) => {
    const pair = await pairOf(key);
    const { family, hash, padding } = scheme(pair, signingAlgorithm, isDigest);
    if (isDigest && !hasLengthOf(hash, data)) {
      throw badRequest(
        `Failed to sign ${family} digest with ${signingAlgorithm} due to signing error. ` +
          `Ensure that your digest is hashed with ${hash.toUpperCase()}.`,
      );
    }
    const sign = (): Bytes | Promise<Bytes> => {
      if (pair.type === "ec") return pair.sign({ hash, data, isDigest });
      return isDigest ? pair.signDigest(hash, data) : pair.sign({ hash, padding, data });
    };
    return { signature: toBase64(await sign()), keyId: key.id, signingAlgorithm };
  });

  use(["POST", "verify", "verify"], verifyBody, async (key, fields) => {
    const { data, signature, signingAlgorithm, isDigest } = fields;
    const pair = await pairOf(key);
    const { hash, padding } = scheme(pair, signingAlgorithm, isDigest);
    const verify = (): boolean | Promise<boolean> => {
      if (isDigest && !hasLengthOf(hash, data)) return false;
      if (pair.type === "ec") return pair.verify({ hash, data, isDigest, signature });
      if (isDigest) return pair.verifyDigest(hash, data, signature);
      return pair.verify({ hash, padding, data, signature });
    };
    return { signatureValid: await verify(), keyId: key.id, signingAlgorithm };
  });
}

/** Bytes in Base64, with or without padding. The server's messages name them by the field. */
function base64(field: string, largest: number) {
  return z
    .string()
    .superRefine((text, context) => {
      const refuse = (message: string) => context.addIssue({ code: "custom", message });
      const isBase64 = /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}(?:==)?|[a-z\d+/]{3}=?)?$/i.test(text);
      if (!isBase64) refuse(`${field} must be base64 encoded`);
      if (fromBase64(text).length > largest) refuse(`${field} cannot exceed ${largest} bytes`);
    })
    .transform(fromBase64);
}

function secretOf({ secret, keyUsage }: KmsKey): Bytes {
  if (!secret) throw badRequest(`Unsupported key type, expected encrypt-decrypt but got ${keyUsage}`);
  return secret;
}

function pairOf({ pair, keyUsage }: KmsKey): Promise<EcKey | RsaKey> {
  if (!pair) throw badRequest(`Unsupported key type, expected sign-verify but got ${keyUsage}`);
  return pair;
}

/** How a pair signs by an algorithm. Throws 400 if it cannot. */
function scheme({ type }: EcKey | RsaKey, algorithm: string, isDigest: boolean) {
  const family = type === "rsa" ? "RSA" : "ECC";
  if (!algorithm.startsWith(type === "rsa" ? "RSASSA" : "ECDSA")) {
    throw badRequest(`KMS ${family} key cannot be used with ${algorithm}`);
  }
  const padding = algorithm.startsWith("RSASSA_PSS") ? "pss" : "pkcs1";
  if (isDigest && padding === "pss") throw badRequest("RSA PSS does not support digested input");
  const hash = algorithm.endsWith("512") ? "sha512" : algorithm.endsWith("384") ? "sha384" : "sha256";
  return { family, hash, padding } as const;
}

function hasLengthOf(hash: HashName, digest: Bytes): boolean {
  return digest.length * 8 === Number(hash.slice(3));
}
