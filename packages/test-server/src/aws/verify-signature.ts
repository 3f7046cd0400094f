import { createHash, createHmac } from "node:crypto";
import type { AwsCredential } from "../state/entities.ts";
import { type Authorization, type SignedRequest, StsError } from "./signed-request.ts";

/** How far the date of a request can differ from the server's, in milliseconds. */
const longestSkew = 15 * 60_000;

/** Checks everything that AWS checks of a signature: scope, time, signed headers, body, token and the signature itself. */
export function verifySignature(
  request: SignedRequest,
  authorization: Authorization,
  credential: AwsCredential,
  now: number,
): void {
  const timestamp = checkTime(request, authorization, now);
  checkSignedHeaders(request, authorization);
  checkToken(request, credential, now);
  const bodyHash = sha256(request.body);
  if ((request.headers.get("x-amz-content-sha256") ?? bodyHash) !== bodyHash) {
    throw new StsError("XAmzContentSHA256Mismatch");
  }
  const expected = sign(
    canonicalRequest(request, authorization, bodyHash),
    timestamp,
    authorization,
    credential,
  );
  if (authorization.signature !== expected) throw new StsError("SignatureDoesNotMatch");
}

function checkTime({ headers }: SignedRequest, { date }: Authorization, now: number): string {
  const timestamp = headers.get("x-amz-date") ?? "";
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const time = iso === timestamp ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(time) || !timestamp.startsWith(date)) throw new StsError("IncompleteSignature");
  if (Math.abs(now - time) > longestSkew) throw new StsError("RequestExpired");
  return timestamp;
}

function checkSignedHeaders({ headers }: SignedRequest, { signedHeaders }: Authorization): void {
  const sorted = [...signedHeaders].sort().join() === signedHeaders.join();
  const present = signedHeaders.every((name) => headers.has(name));
  const required = [...headers.keys()].filter(
    (name) => name === "host" || name === "content-type" || name.startsWith("x-amz-"),
  );
  if (!sorted || !present || !["host", ...required].every((name) => signedHeaders.includes(name))) {
    throw new StsError("SignatureDoesNotMatch");
  }
}

function checkToken({ headers }: SignedRequest, credential: AwsCredential, now: number): void {
  if (headers.get("x-amz-security-token") !== credential.sessionToken)
    throw new StsError("InvalidClientTokenId");
  if (credential.expiration !== undefined && now >= credential.expiration) throw new StsError("ExpiredToken");
}

function canonicalRequest(
  { method, headers }: SignedRequest,
  { signedHeaders }: Authorization,
  bodyHash: string,
): string {
  const lines = signedHeaders.map((name) => `${name}:${headers.get(name)?.trim().replace(/ +/g, " ")}\n`);
  return [method, "/", "", lines.join(""), signedHeaders.join(";"), bodyHash].join("\n");
}

function sign(
  canonical: string,
  timestamp: string,
  { date, region, service }: Authorization,
  { secretAccessKey }: AwsCredential,
): string {
  const scope = [date, region, service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", timestamp, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, text).toString("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
