import { createPublicKey, constants as crypto, type KeyObject, verify } from "node:crypto";

/** The claims of a JWT. */
export type JwtClaims = Readonly<Record<string, unknown>>;

interface Algorithm {
  readonly keyType: string;
  readonly hash: string | undefined;
  readonly options: { readonly padding?: number; readonly dsaEncoding?: "ieee-p1363" };
}

const pss = { padding: crypto.RSA_PKCS1_PSS_PADDING };
const p1363 = { dsaEncoding: "ieee-p1363" } as const;

const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: { keyType: "rsa", hash: "sha256", options: {} },
  RS384: { keyType: "rsa", hash: "sha384", options: {} },
  RS512: { keyType: "rsa", hash: "sha512", options: {} },
  PS256: { keyType: "rsa", hash: "sha256", options: pss },
  PS384: { keyType: "rsa", hash: "sha384", options: pss },
  PS512: { keyType: "rsa", hash: "sha512", options: pss },
  ES256: { keyType: "ec", hash: "sha256", options: p1363 },
  ES384: { keyType: "ec", hash: "sha384", options: p1363 },
  ES512: { keyType: "ec", hash: "sha512", options: p1363 },
  EdDSA: { keyType: "ed25519", hash: undefined, options: {} },
};

/** Reads a public key in PEM form; `undefined` if it is not one. */
export function readPublicKey(pem: string): KeyObject | undefined {
  try {
    // createPublicKey() also accepts a private key and uses its public half. Report it as the wrong key instead.
    return pem.includes("PRIVATE KEY") ? undefined : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** The unverified claims of a JWT; `undefined` if it is not one. */
export function decodeJwt(jwt: string): JwtClaims | undefined {
  const [header, claims, signature, ...rest] = jwt.split(".");
  return signature !== undefined && rest.length === 0 && decode(header) ? decode(claims) : undefined;
}

/** Why a JWT is not valid with this key at this time, in seconds; `undefined` if it is valid. */
export function verificationError(jwt: string, key: KeyObject, now: number): string | undefined {
  const [header = "", claims = "", signature = ""] = jwt.split(".");
  const algorithm = algorithms[String(decode(header)?.["alg"])];
  if (!algorithm || algorithm.keyType !== key.asymmetricKeyType) return "invalid algorithm";
  const signed = Buffer.from(`${header}.${claims}`);
  const good = verify(
    algorithm.hash,
    signed,
    { key, ...algorithm.options },
    Buffer.from(signature, "base64url"),
  );
  if (!good) return "invalid signature";
  const { nbf, exp } = decode(claims) as { readonly nbf?: unknown; readonly exp?: unknown };
  if (typeof nbf === "number" && nbf > now) return "jwt not active";
  if (typeof exp === "number" && exp <= now) return "jwt expired";
  return undefined;
}

function decode(part: string | undefined): JwtClaims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString());
    return typeof value === "object" && value !== null ? (value as JwtClaims) : undefined;
  } catch {
    return undefined;
  }
}
