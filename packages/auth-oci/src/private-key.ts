import { loadNodeModule, signRs256 } from "@infisical/core/authoring";
import { refused } from "./key-owner.ts";

/** A private key, and how messages call it. */
export interface PrivateKey {
  readonly pem: string;
  readonly passphrase: string | undefined;
  /** Such as `The key file /run/secrets/key.pem`. */
  readonly what: string;
}

/** The part of `node:crypto` that reads what WebCrypto does not: keys in PKCS#1 form, and encrypted ones. */
interface NodeCrypto {
  createPrivateKey?(key: { key: string; format: "pem"; passphrase: string | undefined }): {
    export(as: { type: "pkcs8"; format: "pem" }): string;
  };
}

/** Signs a text with a private key (RSA, SHA-256). */
export async function signWithKey(key: PrivateKey, text: string): Promise<ArrayBuffer> {
  const { pem, passphrase, what } = key;
  const isEncrypted = /-----BEGIN ENCRYPTED|Proc-Type:.*ENCRYPTED/.test(pem);
  if (isEncrypted && !passphrase) throw refused(`${what} is encrypted, and there is no passphrase.`);
  const isReadable = pem.includes("-----BEGIN PRIVATE KEY-----");
  const crypto = isReadable ? undefined : await loadNodeModule<NodeCrypto>("crypto");
  if (!isReadable && !crypto?.createPrivateKey) {
    throw refused(`${what} must be in PKCS#8 form and unencrypted here: this platform has no node:crypto.`);
  }
  try {
    const plain = crypto?.createPrivateKey?.({
      // An environment variable or a template may have left line breaks escaped.
      key: pem.replaceAll("\\r", "").replaceAll("\\n", "\n"),
      format: "pem",
      passphrase,
    });
    return await signRs256(plain ? plain.export({ type: "pkcs8", format: "pem" }) : pem, text);
  } catch {
    // Not chained: the message may repeat parts of the key.
    const why = isEncrypted
      ? "cannot be decrypted with the passphrase"
      : "is damaged, or not of RSA in PEM form";
    throw refused(`${what} ${why}.`);
  }
}
