import type { Duration } from "@infisical/core";
import {
  fieldsOf,
  integerFrom,
  listOf,
  type OptionRule,
  type OptionRules,
  optionError,
  parseLifetime,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";

/** The kinds of alternative names. */
export type CertificateAltNameType = "dns_name" | "ip_address" | "email" | "uri" | (string & {});

/** A name for which a certificate is valid. */
export interface CertificateAltName {
  /** Its kind; newer servers know more. */
  readonly type: CertificateAltNameType;
  /** The name, such as `"shop.example.com"`. */
  readonly value: string;
}

/** What a key is used for. */
export type CertificateKeyUsage =
  | "digital_signature"
  | "key_encipherment"
  | "non_repudiation"
  | "data_encipherment"
  | "key_agreement"
  | "key_cert_sign"
  | "crl_sign"
  | "encipher_only"
  | "decipher_only"
  | (string & {});

/** What a certificate is used for. */
export type CertificateExtendedKeyUsage =
  | "client_auth"
  | "server_auth"
  | "code_signing"
  | "email_protection"
  | "ocsp_signing"
  | "time_stamping"
  | (string & {});

/** The algorithms of keys. Servers with an Enterprise license have more. */
export type CertificateKeyAlgorithm =
  | "RSA_2048"
  | "RSA_3072"
  | "RSA_4096"
  | "EC_prime256v1"
  | "EC_secp384r1"
  | "EC_secp521r1"
  | (string & {});

/** The algorithms of signatures: of the family of the authority's own key. */
export type CertificateSignatureAlgorithm =
  | "RSA-SHA256"
  | "RSA-SHA384"
  | "RSA-SHA512"
  | "ECDSA-SHA256"
  | "ECDSA-SHA384"
  | "ECDSA-SHA512"
  | (string & {});

/** Whether a certificate can sign others. */
export interface CertificateBasicConstraints {
  /** Whether it is one of an authority. */
  readonly isCA: boolean;
  /** How many authorities can follow below it, from 0 to 255. No limit by default. */
  readonly pathLength?: number | undefined;
}

/** Whom a certificate names. `null` removes what the profile has by default. */
export interface CertificateSubject {
  /** The common name. The profile's by default. */
  readonly commonName?: string | null | undefined;
  /** The organization. The profile's by default. */
  readonly organization?: string | null | undefined;
  /** The unit of the organization. The profile's by default. */
  readonly organizationalUnit?: string | null | undefined;
  /** The country, such as `"NL"`. The profile's by default. */
  readonly country?: string | null | undefined;
  /** The state or province. The profile's by default. */
  readonly state?: string | null | undefined;
  /** The city. The profile's by default. */
  readonly locality?: string | null | undefined;
}

/** What a certificate says besides its subject, and how its key is made. */
export interface CertificateContent extends CertificateSubject {
  /** The names for which it is valid, up to 100. The profile's by default. */
  readonly altNames?: readonly CertificateAltName[] | undefined;
  /** What its key is used for. The profile's by default. */
  readonly keyUsages?: readonly CertificateKeyUsage[] | undefined;
  /** What it is used for. The profile's by default. */
  readonly extendedKeyUsages?: readonly CertificateExtendedKeyUsage[] | undefined;
  /** The algorithm of its key. The profile's by default, else the authority's. */
  readonly keyAlgorithm?: CertificateKeyAlgorithm | undefined;
}

/**
 * How long a certificate is valid, and whether it can sign others: what counts next to a CSR too.
 *
 * @example
 * await client.certificates().issue({
 *   profileId,
 *   attributes: {
 *     commonName: "Shop CA",
 *     notBefore: "2030-01-01T00:00:00Z",
 *     notAfter: new Date("2030-04-01"),
 *     basicConstraints: { isCA: true, pathLength: 0 },
 *   },
 * });
 */
export interface CertificateValidity {
  /**
   * How long it is valid from now on: milliseconds or a string such as `"30d"`, up to 100 years. The profile's by default.
   * Not together with `notBefore` or `notAfter`.
   */
  readonly ttl?: Duration | undefined;
  /** From when it is valid: a date, or an ISO text. Now by default. */
  readonly notBefore?: Date | string | undefined;
  /** Until when it is valid: a date, or an ISO text. Servers need a profile with a default lifetime for it. */
  readonly notAfter?: Date | string | undefined;
  /** Whether it can sign others. It cannot by default. */
  readonly basicConstraints?: CertificateBasicConstraints | undefined;
}

/**
 * What a certificate says. What is left out is up to its profile, which can also forbid what is given.
 *
 * @example
 * await client.certificates().issue({
 *   profileId,
 *   attributes: {
 *     commonName: "shop.example.com",
 *     organization: "Example",
 *     organizationalUnit: "Shop",
 *     country: "NL",
 *     state: "Utrecht",
 *     locality: "Amersfoort",
 *     keyAlgorithm: "EC_prime256v1",
 *     signatureAlgorithm: "ECDSA-SHA256",
 *     keyUsages: ["digital_signature"],
 *     ttl: "30d",
 *   },
 * });
 */
export interface CertificateAttributes extends CertificateContent, CertificateValidity {
  /** The algorithm of its signature. The authority's by default. */
  readonly signatureAlgorithm?: CertificateSignatureAlgorithm | undefined;
}

/** Longer than this a server does not accept, in milliseconds: a hundred years. */
const longestTtl = 100 * 365.25 * 24 * 60 * 60_000;

const orNull =
  (rule: OptionRule): OptionRule =>
  (option, value) =>
    value === null ? null : rule(option, value);

/** The names and usages, of a request to the server and of a CSR. */
export const contentRules: OptionRules = {
  "commonName?": orNull(requireText),
  "organization?": orNull(requireText),
  "organizationalUnit?": orNull(requireText),
  "country?": orNull(requireText),
  "state?": orNull(requireText),
  "locality?": orNull(requireText),
  "altNames?": listOf(fieldsOf({ type: requireText, value: requireText })),
  "keyUsages?": listOf(requireText),
  "extendedKeyUsages?": listOf(requireText),
  "keyAlgorithm?": requireText,
};

const validityRules: OptionRules = {
  "ttl?": parseTtl,
  "notBefore?": parseDate,
  "notAfter?": parseDate,
  "basicConstraints?": fieldsOf({ isCA: requireFlag, "pathLength?": integerFrom(0, 255) }),
};

/** The fields that count next to a CSR: it has all the others itself. */
const nextToCsr = Object.keys(validityRules).map((name) => name.slice(0, -1));

const parseFields = fieldsOf({ ...contentRules, ...validityRules, "signatureAlgorithm?": requireText });

/** Checks attributes, and returns them as servers read them. */
export function parseAttributes(option: string, value: unknown): CertificateAttributes {
  const parsed = parseFields(option, value) as CertificateAttributes;
  const { ttl, notBefore, notAfter } = parsed;
  if (ttl !== undefined && (notBefore ?? notAfter) !== undefined) {
    throw optionError(
      `${option}.ttl`,
      "must be omitted if notBefore or notAfter is set: use one or the other",
    );
  }
  if (notBefore !== undefined && notAfter !== undefined && notBefore >= notAfter) {
    throw optionError(`${option}.notBefore`, "must be earlier than notAfter", notBefore);
  }
  return parsed;
}

/** Checks the attributes next to a CSR, of which servers would ignore most. */
export function assertNextToCsr(option: string, attributes: CertificateAttributes): void {
  const field = Object.keys(attributes).find((name) => !nextToCsr.includes(name));
  if (field === undefined) return;
  const rule = `must be omitted with csr, which says it itself; only ${nextToCsr.join(", ")} count next to it`;
  throw optionError(`${option}.${field}`, rule);
}

/** The attributes that count next to a CSR. */
export function validityAttributes(attributes: CertificateAttributes): CertificateValidity {
  const fields = Object.entries(attributes).filter(([name]) => nextToCsr.includes(name));
  return Object.fromEntries(fields);
}

/** Returns a lifetime as a text that the server can read: in whole seconds. */
function parseTtl(option: string, value: unknown): string {
  const milliseconds = parseLifetime(option, value);
  if (milliseconds > 0 && milliseconds <= longestTtl) return `${Math.ceil(milliseconds / 1000)}s`;
  throw optionError(option, "must be greater than 0 and at most 100 years", value);
}

function parseDate(option: string, value: unknown): string {
  const isDate = typeof value === "string" || Object.prototype.toString.call(value) === "[object Date]";
  const milliseconds = isDate ? new Date(value as Date | string).getTime() : Number.NaN;
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  throw optionError(option, "must be a Date, or a text such as 2027-01-31T00:00:00Z", value);
}
