import { fromBase64, fromHex, fromUtf8, toBase64, toBase64Url, toHex, utf8 } from "../engine/bytes.ts";
import { hmacSha256 } from "../engine/crypto.ts";
import { loadJose } from "../engine/jose.ts";

/** The claims of a JSON Web Token. */
export type Claims = Readonly<Record<string, unknown>>;

/** What is wrong with a JSON Web Token, in the words of the library that the real server uses. */
export class TokenFlaw extends Error {
  override readonly name = "TokenFlaw";
}

/** Signs claims into a JSON Web Token (HS256), also in the pages of Jest, where `jose` does not run. */
export function signToken(claims: Claims, key: Uint8Array): string {
  const parts = [{ alg: "HS256", typ: "JWT" }, claims].map((part) => toBase64Url(utf8(JSON.stringify(part))));
  const signed = parts.join(".");
  return `${signed}.${toBase64Url(hmacSha256(key, signed))}`;
}

/** What a JSON Web Token says, verified or not. */
interface DecodedToken {
  readonly alg: unknown;
  readonly kid: unknown;
  readonly claims: Claims;
}

/** The unverified header and claims of a JSON Web Token; `undefined` if it is not one. */
export function decodeToken(token: string): DecodedToken | undefined {
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return undefined;
  const [header, claims] = token.split(".").map(parsePart);
  return header && claims ? { alg: header["alg"], kid: header["kid"], claims } : undefined;
}

/** What a JSON Web Token says, unverified. The real server does not expect text that is not one, which results in a bare 500. */
export function requireDecoded(token: string): DecodedToken {
  const decoded = decodeToken(token);
  if (!decoded) throw new Error("The token is not a JSON Web Token");
  return decoded;
}

/** The algorithm of a JSON Web Token. Throws for one that no key can have signed. */
export function algorithmOf(token: string): string {
  if (token === "") throw new TokenFlaw("jwt must be provided");
  const parts = token.split(".");
  if (parts.length !== 3) throw new TokenFlaw("jwt malformed");
  const alg = decodeToken(token)?.alg;
  if (alg === undefined) throw new TokenFlaw("invalid token");
  if (parts[2] === "") throw new TokenFlaw("jwt signature is required");
  return String(alg);
}

/** What a token must meet besides its signature. */
interface TokenConditions {
  /** The time at which it must be valid, in milliseconds. */
  readonly now: number;
  /** The required `iss`; any if it is missing. */
  readonly issuer?: string;
  /** What `aud` must be or contain; anything if it is missing. */
  readonly audience?: string;
  /** The allowed algorithms; those of the key if they are missing. */
  readonly algorithms?: readonly string[];
}

/** Verifies a JSON Web Token by a public key: PEM, also of a certificate, or an entry of a JWKS. Throws {@link TokenFlaw}. */
export async function verifyToken(
  token: string,
  publicKey: string | Readonly<Record<string, unknown>>,
  { now, issuer, audience, algorithms }: TokenConditions,
): Promise<Claims> {
  const alg = algorithmOf(token);
  if (algorithms && !algorithms.includes(alg)) throw new TokenFlaw("invalid algorithm");
  const { errors, jwtVerify } = await loadJose();
  let claims: Claims;
  try {
    const key = await importKey(publicKey, alg);
    claims = (await jwtVerify(token, key, { currentDate: new Date(now) })).payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) throw new TokenFlaw("invalid signature");
    if (error instanceof errors.JWTExpired) throw new TokenFlaw("jwt expired");
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw new TokenFlaw(error.reason === "invalid" ? `invalid ${error.claim} value` : "jwt not active");
    }
    throw new TokenFlaw("invalid algorithm");
  }
  if (audience !== undefined && ![claims["aud"]].flat().includes(audience)) {
    throw new TokenFlaw(`jwt audience invalid. expected: ${audience}`);
  }
  if (issuer !== undefined && claims["iss"] !== issuer) {
    throw new TokenFlaw(`jwt issuer invalid. expected: ${issuer}`);
  }
  return claims;
}

async function importKey(publicKey: string | Readonly<Record<string, unknown>>, alg: string) {
  const { importJWK, importSPKI, importX509 } = await loadJose();
  if (typeof publicKey !== "string") return importJWK({ kty: "", ...publicKey }, alg);
  if (publicKey.includes("-----BEGIN CERTIFICATE-----")) return importX509(publicKey, alg);
  return importSPKI(readPublicKey(publicKey) ?? "", alg);
}

function parsePart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(fromBase64(part)));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const rsaAlgorithm = "300d06092a864886f70d0101010500";

/** The start of a `SubjectPublicKeyInfo` of RSA, a curve of NIST or Ed25519, in DER form, with its head and its size. */
const start = new RegExp(
  `^(30(?:8[12])?((?:..){1,2}?))(?:${rsaAlgorithm}03(?:81|82..)?..0030(?:81|82..)?..02|` +
    "30..06072a8648ce3d0201(?:06082a8648ce3d030107|06052b8104002[23])|300506032b6570)",
);

/** A public key in PEM form, also that of PKCS #1, as a `SubjectPublicKeyInfo`; `undefined` for any other text. */
export function readPublicKey(pem: string): string | undefined {
  const [, label = "", body = ""] =
    /-----BEGIN ((?:RSA )?PUBLIC KEY)-----([\sA-Za-z\d+/=]+)-----END \1-----/.exec(pem) ?? [];
  const key = toHex(fromBase64(body));
  const spki = label.startsWith("RSA") ? element("30", rsaAlgorithm + element("03", `00${key}`)) : key;
  const [, head = "", size = ""] = start.exec(spki) ?? [];
  if (head === "" || spki.length !== head.length + 2 * Number.parseInt(size, 16)) return undefined;
  return `-----BEGIN PUBLIC KEY-----\n${toBase64(fromHex(spki))}\n-----END PUBLIC KEY-----`;
}

/** An element in DER form, all in hexadecimal digits. */
function element(tag: string, value: string): string {
  const length = (value.length / 2).toString(16);
  return `${tag}82${length.padStart(4, "0")}${value}`;
}
