import type { AwsCredential } from "../state/entities.ts";
import { parseAuthorization, type SignedRequest, StsError } from "./signed-request.ts";
import { verifySignature } from "./verify-signature.ts";

/** The AWS partitions with their own domain, by the prefix of their region names. */
const domains = new Map([["cn-", "amazonaws.com.cn"]]);

/** Headers that a forwarded request must not contain: they change the format or the framing of AWS's response. */
const forbiddenHeaders = ["accept", "accept-encoding", "connection", "transfer-encoding"];

/**
 * Asks the simulated AWS who signed a request, and returns the Amazon Resource Name.
 *
 * @param endpoint - The address that the request is sent to.
 * @throws StsError where the real STS would refuse.
 */
export function getCallerIdentity(
  request: SignedRequest,
  endpoint: string,
  credentials: readonly AwsCredential[],
  now: number,
): string {
  const { headers, body, method } = request;
  const authorization = parseAuthorization(headers.get("authorization") ?? "");
  const host = `sts.${authorization.region}.${domainOf(authorization.region)}`;
  if (new URL(endpoint).host !== host) throw new StsError(`No STS of this region at ${endpoint}`);
  if (headers.get("host") !== host || authorization.service !== "sts")
    throw new StsError("SignatureDoesNotMatch");
  if (forbiddenHeaders.some((name) => headers.has(name))) throw new StsError("The response cannot be read");
  if (Number(headers.get("content-length") ?? body.length) !== body.length)
    throw new StsError("Wrong length");
  const credential = credentials.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId);
  if (!credential) throw new StsError("InvalidClientTokenId");
  verifySignature(request, authorization, credential, now);
  const action = new URLSearchParams(body);
  if (
    method !== "POST" ||
    action.get("Action") !== "GetCallerIdentity" ||
    action.get("Version") !== "2011-06-15"
  ) {
    throw new StsError("InvalidAction");
  }
  return credential.arn;
}

function domainOf(region: string): string {
  for (const [prefix, domain] of domains) if (region.startsWith(prefix)) return domain;
  return "amazonaws.com";
}
