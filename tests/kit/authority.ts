import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";

/** A certificate in PEM form with its key, and what tells it from others. */
export interface Issued {
  readonly cert: string;
  /** In PEM form, PKCS#8. */
  readonly key: string;
  /** Its serial number, as `node:crypto` shows it. */
  readonly serial: string;
}

/** What a certificate says. */
export interface Wanted {
  readonly name?: string;
  /** Milliseconds since 1970. */
  readonly from?: number;
  /** Milliseconds since 1970. */
  readonly until?: number;
  /** The names for which a server's certificate is valid. */
  readonly hosts?: readonly string[];
}

/** Issues certificates. */
export interface Authority {
  /** Its own certificate in PEM form. */
  readonly cert: string;
  issue(wanted?: Wanted): Promise<Issued>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** The years 2020 to 2100. */
const validity = { from: Date.UTC(2020, 0), until: Date.UTC(2100, 0) };

/** Creates a certificate authority, with a key that exists in memory only. */
export async function createAuthority(subject = "Test authority"): Promise<Authority> {
  // Loaded late: few tests issue certificates.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const createKeys = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const times = ({ from = validity.from, until = validity.until }: Wanted) => ({
    notBefore: new Date(from),
    notAfter: new Date(until),
  });
  const keys = await createKeys();
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${subject}`,
    ...times({}),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    cert: `${own.toString("pem")}\n`,
    issue: async (wanted = {}) => {
      const { name = "CN=app", hosts } = wanted;
      const { publicKey, privateKey } = await createKeys();
      const names = hosts?.map((value) => ({ type: /^[\d.]+$/.test(value) ? "ip" : "dns", value }) as const);
      const issued = await x509.X509CertificateGenerator.create({
        serialNumber: `0${randomBytes(8).toString("hex").slice(1)}`,
        subject: name,
        issuer: own.subject,
        ...times(wanted),
        publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: names ? [new x509.SubjectAlternativeNameExtension(names)] : [],
      });
      const cert = `${issued.toString("pem")}\n`;
      return { cert, key: await toPem(privateKey), serial: new X509Certificate(cert).serialNumber };
    },
  };
}

async function toPem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
  return String(
    createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" }),
  );
}

/** The same key, encrypted with a passphrase. */
export function encrypted(key: string, passphrase: string): string {
  return String(
    createPrivateKey(key).export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase }),
  );
}
