import { type Bytes, fromBase64, toBase64 } from "./bytes.ts";

/** DER in text form, with lines of 64 characters and a line break at the end. */
export function toPem(label: string, der: ArrayBuffer | Uint8Array): string {
  const lines = toBase64(new Uint8Array(der)).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** The DER of the first block that has one of these labels; `undefined` if there is none. */
export function fromPem(labels: readonly string[], pem: string): Bytes | undefined {
  const block = new RegExp(`-----BEGIN (${labels.join("|")})-----([\\s\\S]*?)-----END \\1-----`).exec(pem);
  return block ? fromBase64((block[2] ?? "").replaceAll(/\s/g, "")) : undefined;
}
