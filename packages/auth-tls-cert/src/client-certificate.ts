import { InfisicalSDKError, type LoginContext } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import { loadNodeModule, requirePath, requireTextFile } from "@infisical/core/logins";

/** A text in PEM form, or the file that holds it, which is read at every login. */
export type PemSource =
  | string
  | {
      /** The file's path. */
      readonly file: string;
    };

/** What is used of `node:crypto`, whose types other platforms do not have. */
interface NodeCrypto {
  readonly X509Certificate: new (pem: string) => X509Certificate;
  createPrivateKey(options: { readonly key: string; readonly passphrase: string | undefined }): KeyObject;
}

interface KeyObject {
  export(options: { readonly type: "pkcs8"; readonly format: "pem" }): unknown;
}

interface X509Certificate {
  readonly subject: string | undefined;
  readonly subjectAltName: string | undefined;
  readonly validFrom: string;
  readonly validTo: string;
  checkPrivateKey(key: KeyObject): boolean;
}

/** Where a client's certificate comes from. */
export interface CertificateSource {
  readonly cert: PemSource;
  readonly key: PemSource;
  readonly ca?: PemSource | undefined;
  readonly passphrase?: string | undefined;
}

/** What a connection presents and trusts, in PEM form; the key is not encrypted. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** Checks an option that is a PEM text or names its file. Neither is repeated: a text can be the key. */
export function parsePemSource(option: string, value: unknown): PemSource {
  if (typeof value === "string") {
    // A variable that holds it in one line spells its line breaks out.
    const text = value.replaceAll("\\n", "\n");
    if (text.includes("-----BEGIN ")) return text;
  } else if (typeof value === "object" && value !== null && Object.hasOwn(value, "file")) {
    return { file: requirePath(`${option}.file`, (value as { file: unknown }).file) };
  }
  throw optionError(option, 'must be a text in PEM form, or { file: "..." } with the path of one');
}

/** Reads certificate and key as they are now, and checks that they can be used together at this time. */
export async function readCertificate(
  source: CertificateSource,
  context: Pick<LoginContext, "now">,
): Promise<ClientCertificate> {
  const crypto = await loadNodeModule<NodeCrypto>("crypto");
  if (!crypto)
    throw refused(
      "This platform lacks the crypto module of Node, which checks certificates: pass `transport`",
    );
  /** Returns the first of one or more certificates, all of which must be readable. */
  const parseCertificates = ({ what, text }: { readonly what: string; readonly text: string }) => {
    const blocks = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
    const [first] = blocks.map((block) => {
      const certificate = attempt(() => new crypto.X509Certificate(block));
      if (!certificate) throw refused(`${what} is not a certificate in PEM form`);
      return certificate;
    });
    if (!first) throw refused(`${what} is not a certificate in PEM form`);
    return first;
  };
  const read = async () => {
    const cert = await textOf("The certificate", "cert", source.cert);
    const key = await textOf("The key", "key", source.key);
    const leaf = parseCertificates(cert);
    const { passphrase } = source;
    const privateKey = attempt(() => crypto.createPrivateKey({ key: key.text, passphrase }));
    if (!privateKey) throw unusableKey(key.what, key.text, passphrase);
    return { cert, key, leaf, privateKey };
  };
  let pair = await read();
  // Between the two files, somebody may have replaced both.
  if (!belongTogether(pair)) pair = await read();
  const { cert, key, leaf, privateKey } = pair;
  if (!belongTogether(pair)) {
    throw refused(
      `${key.what} does not belong to the certificate: ${cert.what} (${nameOf(leaf)}) has another`,
    );
  }
  assertTimely(cert.what, leaf, context.now?.() ?? Date.now());
  const authority = source.ca === undefined ? undefined : await textOf("The authority", "ca", source.ca);
  if (authority) parseCertificates(authority);
  const ca = authority && { ca: authority.text };
  return { cert: cert.text, key: String(privateKey.export({ type: "pkcs8", format: "pem" })), ...ca };
}

async function textOf(what: string, option: string, source: PemSource) {
  if (typeof source === "string") return { what: `${what} (\`${option}\`)`, text: source };
  return { what: `${what} ${source.file}`, text: await requireTextFile(what, source.file) };
}

function belongTogether({ leaf, privateKey }: { leaf: X509Certificate; privateKey: KeyObject }): boolean {
  return leaf.checkPrivateKey(privateKey);
}

/** What OpenSSL says is not repeated: it differs by version, and says less. */
function unusableKey(what: string, text: string, passphrase: string | undefined): InfisicalSDKError {
  if (!/ENCRYPTED/.test(text)) return refused(`${what} is not a private key in PEM form`);
  return passphrase === undefined
    ? refused(`${what} is encrypted: pass its passphrase as \`passphrase\``)
    : refused(`${what} cannot be decrypted: check \`passphrase\``);
}

/** How far off a clock is believed to be, in milliseconds: the server judges what is this close to its limits. */
const clockError = 300_000;

function assertTimely(what: string, leaf: X509Certificate, now: number): void {
  const fail = (rule: string, time: number): never => {
    const times = `${new Date(time).toISOString()}; it is ${new Date(now).toISOString()}`;
    // The session's clock is corrected by the server's responses.
    throw refused(
      `${what} (${nameOf(leaf)}) ${rule} ${times} by this client's clock, which can be wrong until Infisical has answered`,
    );
  };
  const [from, until] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  if (until + clockError < now) fail("expired at", until);
  if (from - clockError > now) fail("is not valid before", from);
}

/** Certificates of SPIFFE may have a name among the alternative ones only. */
function nameOf({ subject, subjectAltName }: X509Certificate): string {
  return (subject || subjectAltName || "without a subject").replaceAll("\n", ", ");
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function refused(why: string): InfisicalSDKError {
  return new InfisicalSDKError(`${why}.`, { code: "AUTH_FAILED" });
}
