import { type Bytes, toHex } from "../engine/bytes.ts";
import { hmacSha256, sha256 } from "../engine/crypto.ts";
import type { AwsCredentialSeed } from "../seed/identity-seed.ts";

/** A request signed for AWS, ready to be sent. */
export interface SignedRequest {
  readonly method: string;
  /** Values by lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The parts of a signed request's `Authorization` header. */
type Authorization = ReturnType<typeof parseAuthorization>;

/** AWS did not accept a request. The Infisical server does not pass on the reason. */
class StsError extends Error {
  override readonly name = "StsError";
}

/** Headers that a forwarded request must not contain: they change the format or the framing of AWS's response. */
const forbiddenHeaders = ["accept", "accept-encoding", "connection", "transfer-encoding"];

/** How far the date of a request can differ from the server's, in milliseconds. */
const longestSkew = 15 * 60_000;

/**
 * Asks the simulated AWS who signed a request, and returns the Amazon Resource Name.
 *
 * @param endpoint - The address that the request is sent to.
 * @throws StsError where the real STS would refuse.
 */
export function getCallerIdentity(
  request: SignedRequest,
  endpoint: string,
  credentials: readonly AwsCredentialSeed[],
  now: number,
): string {
  const { headers, body, method } = request;
  const authorization = parseAuthorization(headers.get("authorization") ?? "");
  const { region, service } = authorization;
  const host = `sts.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  refuseIf(new URL(endpoint).host !== host, `No STS of this region at ${endpoint}`);
  refuseIf(headers.get("host") !== host || service !== "sts", "SignatureDoesNotMatch");
  refuseIf(
    forbiddenHeaders.some((name) => headers.has(name)),
    "The response cannot be read",
  );
  refuseIf(Number(headers.get("content-length") ?? body.length) !== body.length, "Wrong length");
  const credential = credentials.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId);
  if (!credential) throw new StsError("InvalidClientTokenId");
  verifySignature(request, authorization, credential, now);
  const form = new URLSearchParams(body);
  const isRight = form.get("Action") === "GetCallerIdentity" && form.get("Version") === "2011-06-15";
  refuseIf(method !== "POST" || !isRight, "InvalidAction");
  return credential.arn;
}

function refuseIf(isWrong: boolean, reason: string): void {
  if (isWrong) throw new StsError(reason);
}

/** Parses an `Authorization` header of Signature Version 4. */
function parseAuthorization(value: string) {
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,\s]+), ?Signature=([\da-f]{64})$/.exec(
      value,
    ) ?? [];
  refuseIf(signature === "", "IncompleteSignature");
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(";"), signature };
}

/** Checks everything that AWS checks of a signature: scope, time, signed headers, body, token and the signature itself. */
function verifySignature(
  { method, headers, body }: SignedRequest,
  { date, region, service, signedHeaders, signature }: Authorization,
  credential: AwsCredentialSeed,
  now: number,
): void {
  const timestamp = headers.get("x-amz-date") ?? "";
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const time = iso === timestamp ? Number.NaN : Date.parse(iso);
  refuseIf(Number.isNaN(time) || !timestamp.startsWith(date), "IncompleteSignature");
  refuseIf(Math.abs(now - time) > longestSkew, "RequestExpired");
  refuseIf(!coversHeaders(signedHeaders, headers), "SignatureDoesNotMatch");
  refuseIf(headers.get("x-amz-security-token") !== credential.sessionToken, "InvalidClientTokenId");
  refuseIf(credential.expiration !== undefined && now >= credential.expiration, "ExpiredToken");
  const bodyHash = toHex(sha256(body));
  refuseIf((headers.get("x-amz-content-sha256") ?? bodyHash) !== bodyHash, "XAmzContentSHA256Mismatch");

  const lines = signedHeaders.map((name) => `${name}:${headers.get(name)?.trim().replace(/ +/g, " ")}\n`);
  const canonical = [method, "/", "", lines.join(""), signedHeaders.join(";"), bodyHash].join("\n");
  const scope = [date, region, service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", timestamp, scope.join("/"), toHex(sha256(canonical))].join("\n");
  const secret: string | Bytes = `AWS4${credential.secretAccessKey}`;
  const key = scope.reduce<string | Bytes>((previous, part) => hmacSha256(previous, part), secret);
  refuseIf(signature !== toHex(hmacSha256(key, text)), "SignatureDoesNotMatch");
}

/** Whether the signed headers are sorted, present, and all that must be signed. */
function coversHeaders(signed: readonly string[], headers: SignedRequest["headers"]): boolean {
  const required = [...headers.keys()].filter((name) => name === "content-type" || name.startsWith("x-amz-"));
  return (
    [...signed].sort().join() === signed.join() &&
    signed.every((name) => headers.has(name)) &&
    ["host", ...required].every((name) => signed.includes(name))
  );
}
