import type { GeneralName, Name } from "@peculiar/asn1-x509";
import { badRequest } from "../../api/api-error.ts";
import type { Asn1 } from "../../engine/asn1.ts";

/** The parts of the name of whom a certificate is for. */
export interface Subject {
  readonly commonName?: string | undefined;
  readonly organization?: string | undefined;
  readonly organizationalUnit?: string | undefined;
  readonly country?: string | undefined;
  readonly state?: string | undefined;
  readonly locality?: string | undefined;
}

/** The identifiers of the parts, in the order in which the real server writes them. */
const partIdentifiers = {
  country: "2.5.4.6",
  organization: "2.5.4.10",
  organizationalUnit: "2.5.4.11",
  state: "2.5.4.8",
  commonName: "2.5.4.3",
  locality: "2.5.4.7",
} as const satisfies Record<keyof Subject, string>;

export const subjectParts = Object.keys(partIdentifiers) as (keyof Subject)[];

/** The name as certificates have it. */
export function toName({ x509 }: Asn1, subject: Subject): Name {
  const parts = subjectParts.flatMap((part) => {
    const text = subject[part];
    if (!text) return [];
    // Countries are two letters, for which readers expect the narrower type.
    const form = part === "country" && /^[A-Z]{2}$/i.test(text) ? "printableString" : "utf8String";
    const value = new x509.AttributeValue({ [form]: text });
    return [new x509.AttributeTypeAndValue({ type: partIdentifiers[part], value })];
  });
  return new x509.Name(parts.map((part) => new x509.RelativeDistinguishedName([part])));
}

/** The parts of a name. Of a repeated one the last counts. */
export function fromName(name: Name): Subject {
  const attributes = [...name].flatMap((relative) => [...relative]);
  const found = subjectParts.flatMap((part) => {
    const attribute = attributes.filter(({ type }) => type === partIdentifiers[part]).at(-1);
    return attribute ? [[part, attribute.value.toString()]] : [];
  });
  return Object.fromEntries(found);
}

/** An alternative name of whom a certificate is for. */
export interface AltName {
  readonly type: "dns_name" | "ip_address" | "email" | "uri";
  readonly value: string;
}

const altNameFields = {
  dns_name: "dNSName",
  ip_address: "iPAddress",
  email: "rfc822Name",
  uri: "uniformResourceIdentifier",
} as const satisfies Record<AltName["type"], keyof GeneralName>;

export const altNameTypes = Object.keys(altNameFields) as [AltName["type"], ...AltName["type"][]];

const byte = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const patterns: Readonly<Record<AltName["type"], RegExp>> = {
  dns_name: /^(?:\*\.)?[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?)*$/i,
  ip_address: new RegExp(`^(?:${byte}(?:\\.${byte}){3}|[\\da-f:]*:[\\da-f:.]+)$`, "i"),
  // No certificate has other characters than those of ASCII here.
  email: /^[!-~]+@[!-~]+$/,
  uri: /^[a-z][a-z\d+.-]*:[!-~]+$/i,
};

/** The alternative name as certificates have it. Throws 400 if it is not of its type. */
export function toGeneralName({ x509, AsnConvert }: Asn1, { type, value }: AltName): GeneralName {
  const refusal = badRequest(`Invalid altName: ${value}`);
  if (!patterns[type].test(value)) throw refusal;
  const name = new x509.GeneralName({ [altNameFields[type]]: value });
  try {
    // An address that only looks like one cannot be written.
    AsnConvert.serialize(name);
  } catch {
    throw refusal;
  }
  return name;
}

/** The alternative names of a request, without those of other types. */
export function fromGeneralNames(names: Iterable<GeneralName>): AltName[] {
  return [...names].flatMap((name) =>
    altNameTypes.flatMap((type) => {
      const value = name[altNameFields[type]];
      return value === undefined ? [] : [{ type, value }];
    }),
  );
}
