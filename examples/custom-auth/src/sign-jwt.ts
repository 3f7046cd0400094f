/** How a JWT can be signed: RSA, or the elliptic curve P-256. */
export type JwtAlgorithm = "RS256" | "ES256";

const keyTypes = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
} as const;

/** Whether a text has the form of a private key that {@link signJwt} takes. */
export function isPrivateKeyPem(text: unknown): text is string {
  return typeof text === "string" && pemPattern.test(text.trim());
}

/** Signs claims with WebCrypto, which Node, Bun, Deno, Workers and browsers have. */
export async function signJwt(claims: object, pem: string, algorithm: JwtAlgorithm): Promise<string> {
  const keyType = keyTypes[algorithm];
  const key = await crypto.subtle.importKey("pkcs8", decodePem(pem), keyType, false, ["sign"]);
  const signed = `${encode({ alg: algorithm, typ: "JWT" })}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(keyType, key, new TextEncoder().encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

const pemPattern = /^-----BEGIN PRIVATE KEY-----([A-Za-z\d+/=\s]+)-----END PRIVATE KEY-----$/;

function decodePem(pem: string): Uint8Array<ArrayBuffer> {
  const base64 = pemPattern.exec(pem.trim())?.[1]?.replace(/\s/g, "") ?? "";
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function encode(value: object): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

function base64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
