import { type Asn1, loadAsn1 } from "../../engine/asn1.ts";
import { fromHex } from "../../engine/bytes.ts";
import { randomBytes } from "../../engine/crypto.ts";
import { toPem } from "../../engine/pem.ts";
import { type Digest, type KeyAlgorithm, type KeyKind, keyKinds } from "./algorithms.ts";
import { type Extensions, keyIdentifier, toExtensions } from "./extensions.ts";
import { type Subject, toName } from "./names.ts";
import { algorithmIdentifier, generateKeys, sign } from "./signatures.ts";

/** A certificate to sign. */
export interface Unsigned extends Extensions {
  readonly subject: Subject;
  /** The DER form of the public key's `SubjectPublicKeyInfo`. */
  readonly publicKey: ArrayBuffer;
  /** 40 hexadecimal digits, the first of them below 8. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The hash function of its signature; by default that of the authority. */
  readonly digest?: Digest | undefined;
}

/** Whoever signs certificates. */
interface Issuer {
  readonly subject: Subject;
  readonly privateKey: CryptoKey;
  readonly keyIdentifier: ArrayBuffer;
}

/** How long the server's authorities are valid: longer than tests move their clocks. */
export const authorityValidity = {
  notBefore: new Date(Date.UTC(2000, 0)),
  notAfter: new Date(Date.UTC(2100, 0)),
};

/** A root authority and an intermediate one below it, which issues certificates. */
export class CertificateAuthority {
  readonly #asn1: Asn1;
  readonly #kind: KeyKind;
  readonly #issuer: Issuer;
  /** In PEM form, without a line break at the end. */
  readonly certificate: string;
  /** In PEM form, without a line break at the end. */
  readonly root: string;

  private constructor(
    asn1: Asn1,
    kind: KeyKind,
    issuer: Issuer,
    certificates: { readonly own: string; readonly root: string },
  ) {
    this.#asn1 = asn1;
    this.#kind = kind;
    this.#issuer = issuer;
    this.certificate = certificates.own;
    this.root = certificates.root;
  }

  static async create(keyAlgorithm: KeyAlgorithm): Promise<CertificateAuthority> {
    const asn1 = await loadAsn1();
    const kind = keyKinds[keyAlgorithm];
    const [root, own] = await Promise.all([
      newIssuer(asn1, kind, "Test Server Root CA"),
      newIssuer(asn1, kind, "Test Server Issuing CA"),
    ]);
    const certify = (one: typeof own, pathLength: number): Promise<string> =>
      signed(asn1, kind, root, {
        ...authorityValidity,
        subject: one.subject,
        publicKey: one.publicKey,
        serialNumber: `0${Array.from(randomBytes(39), (byte) => (byte & 15).toString(16)).join("")}`,
        authority: { pathLength },
        keyUsages: ["key_cert_sign", "crl_sign"],
      });
    return new CertificateAuthority(asn1, kind, own, {
      own: await certify(own, 0),
      root: await certify(root, 1),
    });
  }

  /** Issues a certificate, in PEM form without a line break at the end. */
  issue(unsigned: Unsigned): Promise<string> {
    return signed(this.#asn1, this.#kind, this.#issuer, unsigned);
  }
}

/** The authorities of a server by the algorithm of their keys, created when they are first needed. */
export class CertificateAuthorities {
  readonly #created = new Map<KeyAlgorithm, Promise<CertificateAuthority>>();

  with(keyAlgorithm: KeyAlgorithm): Promise<CertificateAuthority> {
    const created = this.#created.get(keyAlgorithm) ?? CertificateAuthority.create(keyAlgorithm);
    this.#created.set(keyAlgorithm, created);
    return created;
  }
}

async function newIssuer(asn1: Asn1, kind: KeyKind, commonName: string) {
  const { publicKey, privateKey } = await generateKeys(kind.generation);
  const spki = await crypto.subtle.exportKey("spki", publicKey);
  return { subject: { commonName }, privateKey, publicKey: spki, keyIdentifier: keyIdentifier(asn1, spki) };
}

async function signed(
  asn1: Asn1,
  { family, digest: usual }: KeyKind,
  issuer: Issuer,
  { subject, publicKey, serialNumber, notBefore, notAfter, digest = usual, ...extensions }: Unsigned,
): Promise<string> {
  const { x509, AsnConvert } = asn1;
  const algorithm = algorithmIdentifier(asn1, family, digest);
  const own = keyIdentifier(asn1, publicKey);
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: toInteger(serialNumber),
    signature: algorithm,
    issuer: toName(asn1, issuer.subject),
    validity: new x509.Validity({ notBefore, notAfter }),
    subject: toName(asn1, subject),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions(toExtensions(asn1, extensions, { own, issuers: issuer.keyIdentifier })),
  });
  const signature = await sign(issuer.privateKey, digest, AsnConvert.serialize(tbsCertificate));
  const certificate = new x509.Certificate({
    tbsCertificate,
    signatureAlgorithm: algorithm,
    signatureValue: signature.buffer,
  });
  return toPem("CERTIFICATE", AsnConvert.serialize(certificate)).trimEnd();
}

/** The number as DER writes it: with as few bytes as keep it positive. */
function toInteger(serialNumber: string): ArrayBuffer {
  const digits = serialNumber.replace(/^(?:00)+(?=[0-7].|0*$)/, "");
  return fromHex(digits).buffer;
}
