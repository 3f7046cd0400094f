/** From when and until when a certificate is valid, in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A value of DER: its tag, and where its content begins and ends. */
interface Value {
  readonly tag: number;
  readonly from: number;
  readonly until: number;
}

const versionTag = 0xa0;
const utcTimeTag = 0x17;
const generalizedTimeTag = 0x18;

/**
 * Reads the dates of a certificate in PEM form; `undefined` if they cannot be read.
 *
 * Not every platform has `X509Certificate`, and RFC 5280 fixes the place of the dates.
 */
export function validityOf(pem: string): Validity | undefined {
  try {
    const der = derOf(pem);
    const content = valueAt(der, valueAt(der, 0).from);
    const first = valueAt(der, content.from);
    const serial = first.tag === versionTag ? valueAt(der, first.until) : first;
    const algorithm = valueAt(der, serial.until);
    const issuer = valueAt(der, algorithm.until);
    const dates = valueAt(der, issuer.until);
    const from = valueAt(der, dates.from);
    const validity = { notBefore: timeOf(der, from), notAfter: timeOf(der, valueAt(der, from.until)) };
    return validity.notBefore < validity.notAfter ? validity : undefined;
  } catch {
    return undefined;
  }
}

function derOf(pem: string): Uint8Array {
  const [, base64 = ""] = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(pem) ?? [];
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
}

function valueAt(der: Uint8Array, at: number): Value {
  const [tag, short] = [byteAt(der, at), byteAt(der, at + 1)];
  // Below 128 it is the length; above, how many bytes the length has.
  const digits = short < 128 ? 0 : short - 128;
  const long = Array.from({ length: Math.min(digits, 4) }, (_, index) => byteAt(der, at + 2 + index));
  const length = digits === 0 ? short : long.reduce((sum, digit) => sum * 256 + digit, 0);
  const from = at + 2 + digits;
  if (from + length > der.length) throw new RangeError("The value is cut off.");
  return { tag, from, until: from + length };
}

function byteAt(der: Uint8Array, at: number): number {
  const byte = der[at];
  if (byte === undefined) throw new RangeError("The value is cut off.");
  return byte;
}

/** Dates are `YYMMDDHHMMSSZ` up to 2049, and `YYYYMMDDHHMMSSZ` from 2050 on. */
function timeOf(der: Uint8Array, { tag, from, until }: Value): number {
  const text = String.fromCharCode(...der.subarray(from, until));
  if (tag !== utcTimeTag && tag !== generalizedTimeTag) throw new TypeError("It is not a date.");
  const digits = tag === utcTimeTag ? `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}` : text;
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) throw new TypeError("It is not a date.");
  return milliseconds;
}
