import { fieldsOf, oneOf, optionError, requireText } from "@infisical/core/authoring";
import type { CertificateAltName, CertificateContent } from "./attributes.ts";

/** The kinds of alternative names in a CSR, as the library calls them. */
const nameTypes = { dns_name: "dns", ip_address: "ip", email: "email", uri: "url" } as const;

const parseFields = fieldsOf({ type: oneOf(...Object.keys(nameTypes)), value: requireText });

/**
 * Checks an alternative name of a CSR.
 *
 * The library writes what it cannot encode as something else: of a letter outside of ASCII, half of its code, so that the
 * name is another one.
 */
export function parseAltName(option: string, name: unknown): CertificateAltName {
  const { type, value } = parseFields(option, name) as unknown as CertificateAltName;
  if (type === "ip_address") return { type, value: parseAddress(`${option}.value`, value) };
  if (/^[\x21-\x7e]+$/.test(value)) return { type, value };
  const rule = "must consist of visible letters of ASCII; a domain with other letters is written as xn--...";
  throw optionError(`${option}.value`, rule, value);
}

/** Returns an address as the library reads it: it takes the one of `::ffff:10.0.0.1` for another one. */
function parseAddress(option: string, value: string): string {
  const isLong = value.includes(":");
  const host = /^[\da-f:.]+$/i.test(value) ? hostOf(isLong ? `[${value}]` : value) : undefined;
  if (host !== undefined && (isLong || host === value)) return host.replace(/^\[(.*)\]$/, "$1");
  throw optionError(option, "must be an IP address, such as 10.0.0.1 or 2001:db8::1", value);
}

function hostOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

interface NameForLibrary {
  readonly type: (typeof nameTypes)[keyof typeof nameTypes];
  readonly value: string;
}

type EncodedText = { readonly printableString: string } | { readonly utf8String: string };

/** The alternative names, for the library. */
export function altNamesOf({ altNames = [] }: CertificateContent): NameForLibrary[] {
  return altNames.map(({ type, value }) => ({ type: nameTypes[type as keyof typeof nameTypes], value }));
}

/** The characters of a `PrintableString`, which a country has to be. */
const printable = /^[A-Za-z\d '()+,\-./:=?]+$/;

/** The subject for the library: as a list, and without its own escapes, so that what a name contains stays in it. */
export function subjectOf(content: CertificateContent): Record<string, EncodedText[]>[] {
  const { commonName, organization, organizationalUnit, country, state, locality } = content;
  const parts = {
    C: country,
    ST: state,
    L: locality,
    O: organization,
    OU: organizationalUnit,
    CN: commonName,
  };
  return Object.entries(parts).flatMap(([type, value]) => (value ? [{ [type]: [encodingOf(value)] }] : []));
}

function encodingOf(value: string): EncodedText {
  return printable.test(value) ? { printableString: value } : { utf8String: value };
}
