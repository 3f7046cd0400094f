const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/**
 * Signs a text with a private key of RSA and SHA-256 (`RS256`, `rsa-sha256`), on every platform.
 *
 * @param key - The key in PEM form, PKCS#8, unencrypted. Its line breaks can be escaped, as in a variable; text after its end is
 * dropped.
 * @param text - The text.
 * @returns The signature.
 * @throws What the platform throws for a damaged key or another kind of key. Its message may repeat parts of the key, so do not
 * chain it.
 *
 * @example
 * import { signRs256 } from "@infisical/core/logins";
 * const signatureOf = async (key: string, text: string) =>
 *   btoa(String.fromCharCode(...new Uint8Array(await signRs256(key, text))));
 */
export async function signRs256(key: string, text: string): Promise<ArrayBuffer> {
  const base64 = key.replace(/-----END[\s\S]*|-----[^-]+-----|\\[nr]|\s/g, "");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { subtle } = crypto;
  const secret = await subtle.importKey("pkcs8", bytes, algorithm, false, ["sign"]);
  return subtle.sign(algorithm, secret, new TextEncoder().encode(text));
}
