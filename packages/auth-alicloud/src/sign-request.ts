import type { AlicloudAccessKey } from "./access-key.ts";

/** Encodes as RFC 3986 says, unlike `encodeURIComponent` also `!'()*`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Signs the parameters of a GET request to an API of Alibaba Cloud: HMAC-SHA1, version 1.0. */
export async function signatureOf(
  parameters: Readonly<Record<string, string>>,
  secret: string,
): Promise<string> {
  const query = Object.entries(parameters)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", bytes(`${secret}&`), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign(algorithm, key, bytes(`GET&%2F&${encode(query)}`));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

/** The proof of a login: the parameters of a signed request, which Infisical sends to STS. */
export async function signRequest(
  { accessKeyId, accessKeySecret }: AlicloudAccessKey,
  now: number,
): Promise<Record<string, string>> {
  const parameters = {
    Action: "GetCallerIdentity",
    Format: "JSON",
    Version: "2015-04-01",
    AccessKeyId: accessKeyId,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    // STS accepts a nonce once.
    SignatureNonce: crypto.randomUUID(),
    Timestamp: new Date(now).toISOString().replace(/\.\d+/, ""),
  };
  return { ...parameters, Signature: await signatureOf(parameters, accessKeySecret) };
}
