import { digest } from "./digest.ts";

type Data = string | ArrayBuffer | ArrayBufferView;

/** SHA-256, and with a secret HMAC-SHA-256, in the form that the signer takes. */
export class Sha256 {
  readonly #secret: Uint8Array<ArrayBuffer> | undefined;
  #message: Uint8Array<ArrayBuffer> = new Uint8Array();

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : toBytes(secret);
  }

  update(data: Data): void {
    const added = toBytes(data);
    const message = new Uint8Array(this.#message.length + added.length);
    message.set(this.#message);
    message.set(added, this.#message.length);
    this.#message = message;
  }

  digest(): Promise<Uint8Array> {
    return digest(this.#message, this.#secret);
  }
}

/** The SHA-256 of a text, with a key its HMAC-SHA-256, in hexadecimal. */
export async function hexDigest(text: string, key?: Uint8Array): Promise<string> {
  const hash = new Sha256(key);
  hash.update(text);
  return Array.from(await hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toBytes(data: Data): Uint8Array<ArrayBuffer> {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return new Uint8Array(data);
}
