import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { decodeToken } from "../auth/json-web-token.ts";
import { type Issue, jsonFields } from "./token-platform.ts";

/** The API's paths start with it. */
export const iamCredentialsPath = "/v1/projects/-/serviceAccounts/";

/** How far ahead the end of a signed JWT can be, in seconds. */
const longestLifetime = 43_200;

/** Who can have a JWT signed: the account itself, with its access token. */
interface Signer {
  readonly issue: Issue;
  readonly now: () => number;
  readonly email: string;
  readonly accessToken: string;
}

/** Answers a request of Google's IAM Credentials API, of which it has `signJwt`. */
export async function signJwt(call: Call, { issue, now, email, accessToken }: Signer): Promise<HttpResponse> {
  const refuse = (code: number, status: string, message: string) =>
    jsonResponse(call, code, { error: { code, message, status } });
  if (call.headers["authorization"] !== `Bearer ${accessToken}`) {
    return refuse(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
  }
  const [, account, action] = /^(.+):(\w+)$/.exec(call.path.slice(iamCredentialsPath.length)) ?? [];
  if (call.method !== "POST" || action !== "signJwt") return refuse(404, "NOT_FOUND", "Method not found.");
  if (account !== email && account !== encodeURIComponent(email)) {
    const message = "Permission 'iam.serviceAccounts.signJwt' denied on resource (or it might not exist).";
    return refuse(403, "PERMISSION_DENIED", message);
  }
  const claims = payloadOf(call);
  if (!claims) return refuse(400, "INVALID_ARGUMENT", "The payload must be a JSON object, as text.");
  const { exp } = claims;
  if (exp !== undefined && !(Number(exp) <= now() / 1000 + longestLifetime)) {
    return refuse(400, "INVALID_ARGUMENT", "The end of the JWT can be up to 12 hours ahead.");
  }
  // Google adds no claims of its own.
  const own = { iss: undefined, sub: undefined, iat: undefined, nbf: undefined, exp: undefined };
  const signedJwt = await issue({ ...own, ...claims });
  return jsonResponse(call, 200, { keyId: decodeToken(signedJwt)?.kid, signedJwt });
}

function payloadOf(call: Call): Readonly<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(String(jsonFields(call)["payload"]));
    return typeof claims === "object" && claims !== null && !Array.isArray(claims)
      ? { ...claims }
      : undefined;
  } catch {
    return undefined;
  }
}
