import type { AlgorithmIdentifier, Extensions } from "@peculiar/asn1-x509";
import { badRequest } from "../../api/api-error.ts";
import { type Asn1, loadAsn1 } from "../../engine/asn1.ts";
import { type Bytes, toHex } from "../../engine/bytes.ts";
import { fromPem } from "../../engine/pem.ts";
import { type KeyAlgorithm, keyKinds, type SignatureAlgorithm, signatureAlgorithms } from "./algorithms.ts";
import { type AltName, fromGeneralNames, fromName, type Subject } from "./names.ts";
import { signatureAlgorithmOf, verify } from "./signatures.ts";
import { type ExtendedKeyUsageName, extendedKeyUsages, type KeyUsageName, keyUsages } from "./usages.ts";

/** What a certificate signing request asks for. */
export interface SigningRequest {
  readonly subject: Subject;
  readonly altNames: readonly AltName[];
  readonly keyUsages: readonly KeyUsageName[] | undefined;
  readonly extendedKeyUsages: readonly ExtendedKeyUsageName[] | undefined;
  /** Whether it is for an authority, as its constraints or its key usages say. */
  readonly isForAuthority: boolean;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** The DER form of the public key's `SubjectPublicKeyInfo`. */
  readonly publicKey: ArrayBuffer;
}

const extensionRequest = "1.2.840.113549.1.9.14";
const labels = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];

/** Reads a request in PEM form. Throws 400 if it is none, or if its signature is not by its key. */
export async function readSigningRequest(pem: string): Promise<SigningRequest> {
  const asn1 = await loadAsn1();
  const request = parse(asn1, fromPem(labels, pem));
  const { subject, subjectPKInfo, attributes } = request.certificationRequestInfo;
  const publicKey = asn1.AsnConvert.serialize(subjectPKInfo);
  const { key, keyAlgorithm } = await importKey(publicKey, subjectPKInfo.algorithm);
  const signatureAlgorithm = signatureAlgorithmOf(request.signatureAlgorithm);
  if (!signatureAlgorithm) {
    throw badRequest(`Unsupported signature algorithm in CSR: ${request.signatureAlgorithm.algorithm}`);
  }
  const { digest, family } = signatureAlgorithms[signatureAlgorithm];
  const data = request.certificationRequestInfoRaw ?? new ArrayBuffer(0);
  const isByItsKey =
    family === keyKinds[keyAlgorithm].family &&
    (await verify(key, digest, new Uint8Array(request.signature), data));
  if (!isByItsKey) throw badRequest("The signature of the CSR is not valid");
  return {
    subject: fromName(subject),
    ...requestedExtensions(asn1, (attributes ?? []).find(({ type }) => type === extensionRequest)?.values[0]),
    signatureAlgorithm,
    publicKey,
  };
}

function parse({ AsnConvert, CertificationRequest }: Asn1, der: Bytes | undefined) {
  try {
    if (der) return AsnConvert.parse(der, CertificationRequest);
  } catch {
    // It is refused as a text without a block is.
  }
  throw badRequest("The CSR is not a PKCS#10 request in PEM form");
}

const keyTypes = { rsa: "1.2.840.113549.1.1.1", elliptic: "1.2.840.10045.2.1" };

/** The parameters of a key on each curve: the curve's identifier. */
const curves: Readonly<Record<string, KeyAlgorithm>> = {
  "06082a8648ce3d030107": "EC_prime256v1",
  "06052b81040022": "EC_secp384r1",
  "06052b81040023": "EC_secp521r1",
};

async function importKey(publicKey: ArrayBuffer, { algorithm, parameters }: AlgorithmIdentifier) {
  const load = async (kind: KeyAlgorithm): Promise<CryptoKey> => {
    try {
      return await crypto.subtle.importKey("spki", publicKey, keyKinds[kind].generation, true, ["verify"]);
    } catch {
      throw badRequest("The key of the CSR is not valid");
    }
  };
  if (algorithm === keyTypes.rsa) {
    const key = await load("RSA_2048");
    const { modulusLength } = key.algorithm as RsaHashedKeyAlgorithm;
    const keyAlgorithm = `RSA_${modulusLength}`;
    if (keyAlgorithm in keyKinds) return { key, keyAlgorithm: keyAlgorithm as KeyAlgorithm };
    throw badRequest(`Unsupported RSA key size in CSR: ${modulusLength}. Supported: 2048, 3072, 4096`);
  }
  if (algorithm === keyTypes.elliptic) {
    const keyAlgorithm = curves[toHex(new Uint8Array(parameters ?? new ArrayBuffer(0)))];
    if (keyAlgorithm) return { key: await load(keyAlgorithm), keyAlgorithm };
    throw badRequest("Unsupported ECDSA curve in CSR. Supported: P-256, P-384, P-521");
  }
  throw badRequest(
    `Unsupported key algorithm in CSR: ${algorithm}. Supported: RSASSA-PKCS1-v1_5, ECDSA, ML-DSA, SLH-DSA`,
  );
}

type RequestedExtensions = Pick<
  SigningRequest,
  "altNames" | "keyUsages" | "extendedKeyUsages" | "isForAuthority"
>;

function requestedExtensions({ AsnConvert, x509 }: Asn1, der: ArrayBuffer | undefined): RequestedExtensions {
  const extensions: Extensions | readonly [] = der ? AsnConvert.parse(der, x509.Extensions) : [];
  const read = <Value>(id: string, schema: new () => Value): Value | undefined => {
    const extension = extensions.find(({ extnID }) => extnID === id);
    return extension && AsnConvert.parse(extension.extnValue.buffer, schema);
  };
  const bits = read(x509.id_ce_keyUsage, x509.KeyUsage)?.toNumber();
  const usages = bits === undefined ? undefined : namesWhere(keyUsages, (flag) => (flag & bits) !== 0);
  const purposes = read(x509.id_ce_extKeyUsage, x509.ExtendedKeyUsage);
  return {
    altNames: fromGeneralNames(read(x509.id_ce_subjectAltName, x509.SubjectAlternativeName) ?? []),
    keyUsages: usages,
    extendedKeyUsages: purposes && [...purposes].map(purposeNamed),
    isForAuthority:
      (read(x509.id_ce_basicConstraints, x509.BasicConstraints)?.cA ?? false) ||
      (usages?.includes("key_cert_sign") ?? false),
  };
}

function purposeNamed(id: string): ExtendedKeyUsageName {
  const [name] = namesWhere(extendedKeyUsages, (known) => known === id);
  if (!name) throw badRequest(`Unsupported extended key usage in CSR: ${id}`);
  return name;
}

function namesWhere<Name extends string, Value>(
  table: Readonly<Record<Name, Value>>,
  matches: (value: Value) => boolean,
): Name[] {
  return (Object.keys(table) as Name[]).filter((name) => matches(table[name]));
}
