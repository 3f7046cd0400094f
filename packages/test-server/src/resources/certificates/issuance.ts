import { badRequest } from "../../api/api-error.ts";
import {
  type KeyAlgorithm,
  keyKinds,
  postQuantumAlgorithms,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from "./algorithms.ts";
import type { Profile } from "./certificate-manager.ts";
import { type AltName, type Subject, subjectParts } from "./names.ts";
import type { Attributes } from "./request-body.ts";
import type { SigningRequest } from "./signing-request.ts";
import type { ExtendedKeyUsageName, KeyUsageName } from "./usages.ts";

/** What a certificate is issued from: a request, with the defaults of its profile. */
export interface Issuance {
  readonly subject: Subject;
  readonly altNames: readonly AltName[];
  readonly keyUsages: readonly KeyUsageName[];
  readonly extendedKeyUsages: readonly ExtendedKeyUsageName[];
  /** The public key of a signing request; otherwise the algorithm of the pair to generate. */
  readonly key: ArrayBuffer | KeyAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly ttl: string;
  readonly notBefore: string | undefined;
  readonly notAfter: string | undefined;
}

/** What the attributes of a request ask for. Throws 400 if the profile cannot issue it. */
export function issuanceOf(profile: Profile, attributes: Attributes): Issuance {
  const { defaults, caKeyAlgorithm } = profile;
  const keyAlgorithm = supported(attributes.keyAlgorithm ?? defaults.keyAlgorithm ?? caKeyAlgorithm);
  const signatureAlgorithm = attributes.signatureAlgorithm && supported(attributes.signatureAlgorithm);
  const times = timesOf(profile, attributes);
  if (attributes.basicConstraints?.isCA) throw authorityRefusal();
  const issuance: Issuance = {
    subject: withDefaults(attributes, profile),
    altNames: attributes.altNames ?? [],
    keyUsages: attributes.keyUsages ?? defaults.keyUsages ?? [],
    extendedKeyUsages: attributes.extendedKeyUsages ?? defaults.extendedKeyUsages ?? [],
    key: keyAlgorithm as KeyAlgorithm,
    signatureAlgorithm: signatureAlgorithm as SignatureAlgorithm | undefined,
    ...times,
  };
  return withItsAuthority(profile, issuance);
}

/** What a signing request asks for; of the attributes only the times count. Throws 400 if the profile cannot issue it. */
export function issuanceOfSigning(
  profile: Profile,
  signing: SigningRequest,
  attributes: Attributes,
): Issuance {
  const { defaults } = profile;
  if (signing.isForAuthority || attributes.basicConstraints?.isCA) throw authorityRefusal();
  const issuance: Issuance = {
    subject: withDefaults(signing.subject, profile),
    altNames: signing.altNames,
    keyUsages: signing.keyUsages ?? defaults.keyUsages ?? [],
    extendedKeyUsages: signing.extendedKeyUsages ?? defaults.extendedKeyUsages ?? [],
    key: signing.publicKey,
    signatureAlgorithm: signing.signatureAlgorithm,
    ...timesOf(profile, attributes),
  };
  return withItsAuthority(profile, issuance);
}

/** A part that a request leaves out is that of the profile; one that it clears is left out. */
function withDefaults(
  requested: { readonly [Part in keyof Subject]?: string | null | undefined },
  { defaults }: Profile,
): Subject {
  const parts = subjectParts.flatMap((part) => {
    const text = requested[part] === undefined ? defaults[part] : requested[part];
    return text ? [[part, text]] : [];
  });
  return Object.fromEntries(parts);
}

function timesOf(
  { defaults, issuance }: Profile,
  { ttl, notBefore, notAfter }: Attributes,
): Pick<Issuance, "ttl" | "notBefore" | "notAfter"> {
  const usual = defaults.ttlDays ? `${defaults.ttlDays}d` : issuance === "queued" ? "1y" : undefined;
  const lifetime = ttl || usual;
  // The real server needs one even where the request has its own dates.
  if (!lifetime) throw badRequest("Certificate issuance requires a valid TTL");
  return { ttl: lifetime, notBefore: notBefore || undefined, notAfter: notAfter || undefined };
}

function supported(algorithm: string): string {
  if (!postQuantumAlgorithms.includes(algorithm)) return algorithm;
  throw badRequest(
    "Your license does not include PQC algorithms. Please upgrade to the Enterprise plan to use a PQC algorithm.",
  );
}

/** The authority signs with the algorithms of its family only. */
function withItsAuthority({ caKeyAlgorithm }: Profile, issuance: Issuance): Issuance {
  const { signatureAlgorithm } = issuance;
  const { family } = keyKinds[caKeyAlgorithm];
  if (signatureAlgorithm && signatureAlgorithms[signatureAlgorithm].family !== family) {
    throw badRequest(
      `Requested signature algorithm ${signatureAlgorithm} is not compatible with CA key algorithm ${caKeyAlgorithm}. ` +
        `CA can only sign with ${family}-based signature algorithms.`,
    );
  }
  return issuance;
}

/** The policy of every profile here leaves out authorities, as the default one of a real server does. */
function authorityRefusal(): Error {
  return badRequest(
    "CA certificate issuance is not allowed by this policy. The policy's CA:true basicConstraints must be set to " +
      "'allowed' or 'required'.",
  );
}
