import type { TokenSourceContext, Transport } from "@infisical/core";
import { readPlatformResponse, requestFromPlatform, signRs256 } from "@infisical/core/logins";
import { accountMetadata } from "./metadata.ts";
import { accountProblem, type GcpServiceAccountKey, refused } from "./service-account-key.ts";

/** How long a proof can be used, in seconds. Servers also accept proofs without an end, which can be replayed at any time. */
const lifetime = 300;

/** What the JWT says: who logs in, as which identity, and until when. */
function claimsOf(email: string, identityId: string, now: number): string {
  const iat = Math.floor(now / 1000);
  return JSON.stringify({ sub: email, aud: identityId, iat, exp: iat + lifetime });
}

/** Signs a JWT with the key of a service account (RS256). */
export async function signWithKey(
  key: GcpServiceAccountKey,
  identityId: string,
  context: TokenSourceContext,
): Promise<string> {
  const header = JSON.stringify({ alg: "RS256", kid: key.private_key_id, typ: "JWT" });
  if (globalThis.crypto?.subtle === undefined) throw refused("This platform has no WebCrypto to sign with.");
  const now = context.clock?.now() ?? Date.now();
  const unsigned = `${base64Url(header)}.${base64Url(claimsOf(key.client_email, identityId, now))}`;
  let signature: ArrayBuffer;
  try {
    signature = await signRs256(key.private_key, unsigned);
  } catch {
    // Not chained: the message may repeat parts of the key.
    const id = /^[\w-]{1,64}$/.test(key.private_key_id) ? ` ${key.private_key_id}` : "";
    throw refused(`The private key${id} of ${key.client_email} is damaged, or not of RSA.`);
  }
  return `${unsigned}.${base64Url(signature)}`;
}

const cure = "Pass serviceAccountKeyFile or credentials there instead of signJwt.";

/** Has Google sign a JWT: IAM Credentials, with the access token of the machine's service account. */
export async function signWithGoogle(
  account: string | true,
  identityId: string,
  context: TokenSourceContext,
): Promise<string> {
  let platformTime = Number.NaN;
  const transport: Transport = async (sent) => {
    const response = await context.transport(sent);
    platformTime = Date.parse(response.headers["date"] ?? "");
    return response;
  };
  const watched = { ...context, transport };
  const email = account === true ? await accountMetadata("email", watched, cure) : account;
  const why = accountProblem(email);
  if (why !== undefined) throw refused(`The machine's service account ${why}.`);
  const accessToken = await accountMetadata("token", watched, cure, "access_token");
  // By Google's clock, since Google also judges the times.
  const now = Number.isNaN(platformTime) ? (context.clock?.now() ?? Date.now()) : platformTime;
  const request = {
    platform: "Google's IAM Credentials API",
    method: "POST",
    url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:signJwt`,
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ payload: claimsOf(email, identityId, now) }),
    limit: 3000,
    retryAfter: (status: number | undefined, earlier: number) =>
      status === undefined || status >= 500 ? [500][earlier] : undefined,
    credentials: [accessToken],
  };
  const response = await requestFromPlatform(request, context);
  const advice = `Enable the API, and grant the machine's account roles/iam.serviceAccountTokenCreator on ${email}.`;
  return readPlatformResponse(request, response, advice, "signedJwt");
}

function base64Url(content: string | ArrayBuffer): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
