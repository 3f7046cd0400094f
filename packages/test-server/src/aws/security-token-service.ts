import type { AwsCredential } from "../state/entities.js";
import { parseAuthorization, type SignedRequest, StsRefusal } from "./signed-request.js";
import { verifySignature } from "./verify-signature.js";

/** The parts of AWS with a domain of their own, by the beginning of their regions' names. */
const domains = new Map([["cn-", "amazonaws.com.cn"]]);

/** Headers that a request to be replayed must not bring along: they change the form of AWS's answer or its framing. */
const disturbing = ["accept", "accept-encoding", "connection", "transfer-encoding"];

/**
 * Asks the simulated AWS who signed a request, and gives the Amazon Resource Name.
 *
 * @param endpoint - The address that the request is sent to.
 * @throws StsRefusal where the real one would not say.
 */
export function askCallerIdentity(
  request: SignedRequest,
  endpoint: string,
  credentials: readonly AwsCredential[],
  now: number,
): string {
  const { headers, body, method } = request;
  const authorization = parseAuthorization(headers.get("authorization") ?? "");
  const host = `sts.${authorization.region}.${domainOf(authorization.region)}`;
  if (new URL(endpoint).host !== host) throw new StsRefusal(`There is no STS of this region at ${endpoint}`);
  if (headers.get("host") !== host || authorization.service !== "sts")
    throw new StsRefusal("SignatureDoesNotMatch");
  if (disturbing.some((name) => headers.has(name))) throw new StsRefusal("The answer cannot be read");
  if (Number(headers.get("content-length") ?? body.length) !== body.length)
    throw new StsRefusal("Wrong length");
  const credential = credentials.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId);
  if (!credential) throw new StsRefusal("InvalidClientTokenId");
  verifySignature(request, authorization, credential, now);
  const action = new URLSearchParams(body);
  if (
    method !== "POST" ||
    action.get("Action") !== "GetCallerIdentity" ||
    action.get("Version") !== "2011-06-15"
  ) {
    throw new StsRefusal("InvalidAction");
  }
  return credential.arn;
}

function domainOf(region: string): string {
  for (const [beginning, domain] of domains) if (region.startsWith(beginning)) return domain;
  return "amazonaws.com";
}
