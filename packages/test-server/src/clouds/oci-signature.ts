import { readPublicKey } from "../auth/json-web-token.ts";
import { fromBase64, utf8 } from "../engine/bytes.ts";
import type { OciUserSeed } from "../seed/oci-seed.ts";

/** A signed request for a user, without its method and its path, which are fixed. */
export interface SignedUserRequest {
  readonly userOcid: string;
  /** The headers with which it is sent; others are not passed on. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Oracle did not accept a request. The Infisical server does not pass on the reason. */
class OciError extends Error {
  override readonly name = "OciError";
}

/** How far the date of a request can differ from the server's, in milliseconds. */
const longestSkew = 5 * 60_000;

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/**
 * Asks the simulated Oracle Cloud for a user, as whom the request must be signed.
 *
 * @param users - The users that exist, by OCID, each with its tenancy.
 * @throws OciError where the real one would refuse.
 */
export async function getUser(
  { userOcid, headers }: SignedUserRequest,
  users: Readonly<Record<string, OciUserSeed & { readonly tenancyOcid: string }>>,
  now: number,
): Promise<{ readonly name: string; readonly compartmentId: string }> {
  const parameters = parseAuthorization(headers["authorization"] ?? "");
  const [tenancy, user = "", fingerprint = ""] = parameters["keyId"]?.split("/") ?? [];
  const seed = new Map(Object.entries(users)).get(user);
  const key = new Map(Object.entries(seed?.apiKeys ?? {})).get(fingerprint);
  if (!seed || !key || seed.tenancyOcid !== tenancy) throw new OciError("NotAuthenticated");
  // The user must be allowed to see who is looked up: here, only itself.
  refuseIf(user !== userOcid, "NotAuthorizedOrNotFound");
  refuseIf(parameters["version"] !== "1" || parameters["algorithm"] !== "rsa-sha256", "NotAuthenticated");

  const signed = parameters["headers"]?.split(" ") ?? [];
  const date = ["x-date", "date"].find((name) => signed.includes(name)) ?? "";
  refuseIf(!signed.includes("(request-target)") || !signed.includes("host"), "NotAuthenticated");
  const skew = Math.abs(now - Date.parse(headers[date] ?? ""));
  refuseIf(!(skew <= longestSkew), "NotAuthenticated: clock skew");
  const lines = signed.map((name) => {
    const value = name === "(request-target)" ? `get /20160918/users/${userOcid}` : headers[name];
    return `${name}: ${value}`;
  });
  refuseIf(
    !(await isSignedBy(key, lines.join("\n"), parameters["signature"] ?? "")),
    "NotAuthenticated: signature",
  );
  return { name: seed.name, compartmentId: seed.tenancyOcid };
}

function refuseIf(isWrong: boolean, reason: string): void {
  if (isWrong) throw new OciError(reason);
}

/** The parameters of an `Authorization` header with a signature. */
function parseAuthorization(value: string): Readonly<Record<string, string>> {
  const [, list = ""] = /^Signature (.+)$/.exec(value) ?? [];
  const pairs = [...list.matchAll(/(\w+)="([^"]*)"(?:,\s*|$)/g)];
  return Object.fromEntries(pairs.map(([, name = "", text = ""]) => [name, text]));
}

async function isSignedBy(pem: string, text: string, signature: string): Promise<boolean> {
  const spki = (readPublicKey(pem) ?? "").replace(/-----[^-]+-----/g, "");
  const { subtle } = crypto;
  const key = await subtle.importKey("spki", fromBase64(spki.replace(/\s/g, "")), algorithm, false, [
    "verify",
  ]);
  return subtle.verify(algorithm, key, fromBase64(signature), utf8(text));
}
