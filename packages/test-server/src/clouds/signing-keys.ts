import type { JWK } from "jose";
import { toHex } from "../engine/bytes.ts";
import { randomBytes } from "../engine/crypto.ts";
import { loadJose } from "../engine/jose.ts";

/** The algorithms with which an issuer signs. */
export const signingAlgorithms = ["RS256", "ES256"] as const;

/** The algorithm of a signature. */
type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** One key of an issuer, with its private part. */
interface SigningKey {
  readonly keyId: string;
  readonly jwk: JWK;
}

type KeySet = Promise<Readonly<Record<SigningAlgorithm, SigningKey>>>;

/** The keys of an issuer: one for each algorithm, generated when the first is needed. */
export class SigningKeys {
  #keys: KeySet | undefined;

  /** Replaces the keys. The old ones are forgotten. */
  async rotate(): Promise<void> {
    this.#keys = generateKeys();
    await this.#keys;
  }

  async of(algorithm: SigningAlgorithm): Promise<SigningKey> {
    return (await this.#current())[algorithm];
  }

  /** The public keys, as a JWKS lists them. */
  async jwks(): Promise<Record<string, unknown>[]> {
    const keys = await this.#current();
    return signingAlgorithms.map((algorithm) => {
      const { keyId, jwk } = keys[algorithm];
      const { d, p, q, dp, dq, qi, ...publicPart } = jwk;
      return { ...publicPart, kid: keyId, alg: algorithm, use: "sig" };
    });
  }

  /** The public keys in PEM form. */
  async pem(): Promise<string[]> {
    const { exportSPKI, importJWK } = await loadJose();
    const keys = await this.jwks();
    return Promise.all(
      keys.map(async (jwk) => {
        const key = await importJWK({ kty: "", ...jwk, ext: true });
        if (key instanceof Uint8Array) throw new Error("An issuer has no secret keys");
        return exportSPKI(key);
      }),
    );
  }

  #current(): KeySet {
    this.#keys ??= generateKeys();
    return this.#keys;
  }
}

async function generateKeys(): KeySet {
  const [RS256, ES256] = await Promise.all([generateKey("RS256"), generateKey("ES256")]);
  return { RS256, ES256 };
}

async function generateKey(algorithm: SigningAlgorithm): Promise<SigningKey> {
  const { exportJWK, generateKeyPair } = await loadJose();
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { keyId: toHex(randomBytes(8)), jwk: await exportJWK(privateKey) };
}
