import { loadNodeModule, signRs256 } from "@infisical/core/logins";
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
  createPrivateKey(key: { key: string; passphrase: string | undefined }): {
    export(as: { type: "pkcs8"; format: "pem" }): string;
  };
}

/** Signs a text with a private key (RSA, SHA-256). */
export async function signWithKey({ pem, passphrase, what }: PrivateKey, text: string): Promise<ArrayBuffer> {
  const isEncrypted = /BEGIN ENC|Proc-Type:.*ENC/.test(pem);
  if (isEncrypted && !passphrase) throw refused(`${what} is encrypted: pass its passphrase.`);
  try {
    // WebCrypto reads this form only.
    if (/BEGIN PRIVATE KEY/.test(pem)) return await signRs256(pem, text);
    const crypto = await loadNodeModule<NodeCrypto>("crypto");
    // An environment variable or a template may have left line breaks escaped.
    const key = crypto?.createPrivateKey({ key: pem.replaceAll("\\n", "\n"), passphrase });
    return await signRs256(key?.export({ type: "pkcs8", format: "pem" }) ?? "", text);
  } catch {
    // Not chained: the message may repeat parts of the key.
    const why = isEncrypted
      ? "cannot be decrypted with the passphrase"
      : "is damaged, or not of RSA in PEM form";
    throw refused(`${what} ${why}. Without Node's crypto module, only unencrypted PKCS#8 can be read.`);
  }
}
