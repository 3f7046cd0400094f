import { toBase64 } from "../engine/bytes.ts";
import { hmacSha1 } from "../engine/crypto.ts";
import type { AlicloudAccessKeySeed } from "../seed/alicloud-seed.ts";

/** Alibaba Cloud did not accept a request. The Infisical server does not pass on the reason. */
class AlicloudError extends Error {
  override readonly name = "AlicloudError";
}

/** How far the timestamp of a request can differ from the server's, in milliseconds. */
const longestSkew = 15 * 60_000;

/** The nonces of accepted requests, and when they were used, in milliseconds since 1970. */
export type UsedNonces = Map<string, number>;

/**
 * Asks the simulated Alibaba Cloud who signed a request to STS, and returns the ARN.
 *
 * @param parameters - The parameters of the query, the signature among them.
 * @param nonces - Gets the nonce of this request.
 * @throws AlicloudError where the real one would refuse.
 */
export function getAlicloudArn(
  { Signature: signature, ...parameters }: Readonly<Record<string, string>>,
  accessKeys: readonly AlicloudAccessKeySeed[],
  nonces: UsedNonces,
  now: number,
): string {
  const key = accessKeys.find(({ accessKeyId }) => accessKeyId === parameters["AccessKeyId"]);
  if (!key) throw new AlicloudError("InvalidAccessKeyId.NotFound");
  const time = Date.parse(parameters["Timestamp"] ?? "");
  refuseIf(!(Math.abs(now - time) <= longestSkew), "InvalidTimeStamp.Expired");
  refuseIf(parameters["Version"] !== "2015-04-01", "InvalidVersion");
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(parameters[name] ?? "")}`)
    .join("&");
  const expected = toBase64(hmacSha1(`${key.accessKeySecret}&`, `GET&%2F&${encoded(query)}`));
  refuseIf(signature !== expected, "SignatureDoesNotMatch");
  const nonce = parameters["SignatureNonce"] ?? "";
  refuseIf(nonces.has(nonce), "SignatureNonceUsed");
  for (const [used, usedAt] of nonces) if (Math.abs(now - usedAt) > 2 * longestSkew) nonces.delete(used);
  nonces.set(nonce, now);
  return key.arn;
}

function refuseIf(isWrong: boolean, reason: string): void {
  if (isWrong) throw new AlicloudError(reason);
}

/** Percent-encoding by RFC 3986. */
function encoded(text: string): string {
  const unreserved = /[!'()*]/g;
  return encodeURIComponent(text).replace(unreserved, (one) =>
    `%${one.charCodeAt(0).toString(16)}`.toUpperCase(),
  );
}
