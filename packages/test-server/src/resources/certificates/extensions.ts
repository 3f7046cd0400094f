import type { Extension } from "@peculiar/asn1-x509";
import type { Asn1 } from "../../engine/asn1.ts";
import { sha1 } from "../../engine/crypto.ts";
import { type AltName, toGeneralName } from "./names.ts";
import { type ExtendedKeyUsageName, extendedKeyUsages, type KeyUsageName, keyUsages } from "./usages.ts";

/** What the extensions of a certificate say. */
export interface Extensions {
  /** Whether it is one of an authority, and how many authorities can follow below it. */
  readonly authority?: { readonly pathLength: number } | undefined;
  readonly keyUsages?: readonly KeyUsageName[] | undefined;
  readonly extendedKeyUsages?: readonly ExtendedKeyUsageName[] | undefined;
  readonly altNames?: readonly AltName[] | undefined;
  /** Whether the alternative names are the only name. */
  readonly isNameless?: boolean | undefined;
}

/** The extensions of a certificate, with the ids of its key and of its issuer's. */
export function toExtensions(
  asn1: Asn1,
  {
    authority,
    keyUsages: usages = [],
    extendedKeyUsages: purposes = [],
    altNames = [],
    isNameless,
  }: Extensions,
  keys: { readonly own: ArrayBuffer; readonly issuers: ArrayBuffer },
): Extension[] {
  const { x509, AsnConvert, OctetString } = asn1;
  const extension = (extnID: string, critical: boolean, value: unknown): Extension => {
    const extnValue = new OctetString(AsnConvert.serialize(value));
    return new x509.Extension({ extnID, critical, extnValue });
  };
  const constraints = new x509.BasicConstraints(
    authority ? { cA: true, pathLenConstraint: authority.pathLength } : { cA: false },
  );
  const issuersId = new x509.KeyIdentifier(keys.issuers);
  const bits = usages.reduce((sum, usage) => sum | keyUsages[usage], 0);
  const names = altNames.map((name) => toGeneralName(asn1, name));
  return [
    extension(x509.id_ce_basicConstraints, authority !== undefined, constraints),
    extension(
      x509.id_ce_authorityKeyIdentifier,
      false,
      new x509.AuthorityKeyIdentifier({ keyIdentifier: issuersId }),
    ),
    extension(x509.id_ce_subjectKeyIdentifier, false, new x509.SubjectKeyIdentifier(keys.own)),
    ...(bits === 0 ? [] : [extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(bits))]),
    ...(purposes.length === 0
      ? []
      : [
          extension(
            x509.id_ce_extKeyUsage,
            true,
            new x509.ExtendedKeyUsage(purposes.map((purpose) => extendedKeyUsages[purpose])),
          ),
        ]),
    ...(names.length === 0
      ? []
      : [
          // RFC 5280, section 4.2.1.6: critical if the subject is empty.
          extension(x509.id_ce_subjectAltName, isNameless ?? false, new x509.SubjectAlternativeName(names)),
        ]),
  ];
}

/** The id of a key: a hash of its bits (RFC 5280, section 4.2.1.2). */
export function keyIdentifier({ x509, AsnConvert }: Asn1, spki: ArrayBuffer): ArrayBuffer {
  const { subjectPublicKey } = AsnConvert.parse(spki, x509.SubjectPublicKeyInfo);
  return sha1(new Uint8Array(subjectPublicKey)).buffer;
}
