import type { LoginContext } from "@infisical/core";
import { type KeyOwner, refused } from "./key-owner.ts";

/** What signs a text: a function of the user's, or a private key. */
type Sign = (text: string) => Promise<unknown>;

/** The proof of a login: a signed request for the user, which Infisical sends to Oracle. */
export interface OciProof {
  readonly userOcid: string;
  readonly headers: { readonly authorization: string; readonly host: string; readonly "x-date": string };
}

/** Signs the request that looks up the user. The server passes on no other headers than these. */
export async function signRequest(
  { tenancy, user, fingerprint, region }: KeyOwner,
  sign: Sign,
  { clock }: LoginContext,
): Promise<OciProof> {
  const host = `identity.${region}.oraclecloud.com`;
  const date = new Date(clock?.now() ?? Date.now()).toUTCString();
  const text = `x-date: ${date}\n(request-target): get /20160918/users/${user}\nhost: ${host}`;
  const signature = await sign(text);
  const authorization =
    `Signature version="1",keyId="${tenancy}/${user}/${fingerprint}",algorithm="rsa-sha256",` +
    `headers="x-date (request-target) host",signature="${toBase64(signature)}"`;
  return { userOcid: user, headers: { authorization, host, "x-date": date } };
}

/** A signature in Base64, not in hexadecimal digits. Oracle's keys have at least 2048 bits, and so has a signature. */
function toBase64(signature: unknown): string {
  const isBytes = signature instanceof ArrayBuffer || signature instanceof Uint8Array;
  const text = isBytes
    ? btoa(String.fromCharCode(...new Uint8Array(signature).slice(0, 2000)))
    : typeof signature === "string"
      ? signature.replace(/\s/g, "")
      : "";
  if (text.length % 4 === 0 && /^(?![\da-f]+$)[a-z\d+/]{342,2000}={0,2}$/i.test(text)) return text;
  throw refused(
    "The signature must be of RSA (2048 bits or more): that of the key, or as bytes or in Base64 what the function `sign` returns.",
  );
}
