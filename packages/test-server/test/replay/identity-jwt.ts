import { generateKeyPairSync, sign } from "node:crypto";

const trusted = generateKeyPairSync("rsa", { modulusLength: 2048 });
const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** What the identity of the recordings requires of a JWT. */
export const jwtAuth = {
  publicKeys: [trusted.publicKey.export({ type: "spki", format: "pem" }).toString()],
  boundIssuer: "https://issuer.example",
  boundSubject: "job:deploy",
  boundAudiences: ["infisical"],
  boundClaims: { team: "core" },
  accessTokenTTL: 60,
  accessTokenMaxTTL: 600,
};

/** A JWT as the exchange of this id sent it: valid, or wrong in what the id says. */
export function identityJwt(id: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const isExpired = id.includes("expired");
  const content = {
    iss: id.includes("issuer") ? "https://other.example" : jwtAuth.boundIssuer,
    sub: id.includes("subject") ? "other" : jwtAuth.boundSubject,
    aud: id.includes("audience") ? "other" : jwtAuth.boundAudiences[0],
    team: id.includes("claim") ? "other" : jwtAuth.boundClaims.team,
    iat: seconds - (isExpired ? 7200 : 0),
    exp: seconds + (isExpired ? -3600 : 3600),
  };
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(content)}`;
  const { privateKey } = /key|signature/.test(id) ? foreign : trusted;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}
