import { generateKeyPairSync, type KeyPairSyncResult } from "node:crypto";

const publicKeyEncoding = { type: "spki", format: "pem" } as const;
const privateKeyEncoding = { type: "pkcs8", format: "pem" } as const;

/** A key pair as PEM: the private one for the strategy, the public one for the server. */
export function rsaKeys(): KeyPairSyncResult<string, string> {
  return generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding });
}

/** The same on an elliptic curve. */
export function ellipticKeys(): KeyPairSyncResult<string, string> {
  return generateKeyPairSync("ec", { namedCurve: "P-256", publicKeyEncoding, privateKeyEncoding });
}
