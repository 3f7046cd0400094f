import { createScope, getCanonicalHeaders, getSigningKey } from "@smithy/signature-v4";
import type { AwsCredentials } from "./options.ts";

/** A signed request to AWS STS, in the form that the server accepts. */
export interface SignedRequest {
  readonly iamHttpRequestMethod: "POST";
  /** Base64. */
  readonly iamRequestBody: string;
  /** Base64 of a JSON object. */
  readonly iamRequestHeaders: string;
}

const method = "POST";
const body = "Action=GetCallerIdentity&Version=2011-06-15";
const algorithm = "AWS4-HMAC-SHA256";
const service = "sts";

/** Signs a `GetCallerIdentity` request to AWS STS, which the server then sends for us. */
export async function signCallerIdentity(
  credentials: AwsCredentials,
  region: string,
  signingDate: Date,
): Promise<SignedRequest> {
  const timestamp = signingDate.toISOString().replace(/[-:]|\.\d{3}/g, "");
  // No other header is allowed here: with an Accept header, STS answers in a form that the server cannot read.
  const headers: Record<string, string> = {
    "Content-Length": String(body.length),
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    Host: stsHost(region),
    "X-Amz-Date": timestamp,
  };
  if (credentials.sessionToken !== undefined) headers["X-Amz-Security-Token"] = credentials.sessionToken;
  // Older servers only find it in this spelling.
  headers["Authorization"] = await authorization(headers, credentials, region, timestamp);
  return {
    iamHttpRequestMethod: method,
    iamRequestBody: btoa(body),
    iamRequestHeaders: btoa(JSON.stringify(headers)),
  };
}

/** Computes Signature Version 4 of the request with the necessary parts of AWS's own signer. */
async function authorization(
  headers: Record<string, string>,
  { accessKeyId, secretAccessKey }: AwsCredentials,
  region: string,
  timestamp: string,
): Promise<string> {
  const signable = getCanonicalHeaders({ method, protocol: "https:", hostname: "", path: "/", headers });
  const names = Object.keys(signable).sort();
  const lines = names.map((name) => `${name}:${signable[name]}\n`).join("");
  const signedHeaders = names.join(";");
  const request = [method, "/", "", lines, signedHeaders, await hexDigest(body)].join("\n");

  const date = timestamp.slice(0, 8);
  const scope = createScope(date, region, service);
  const key = await getSigningKey(Sha256, { accessKeyId, secretAccessKey }, date, region, service);
  const signature = await hexDigest([algorithm, timestamp, scope, await hexDigest(request)].join("\n"), key);
  const credential = `${accessKeyId}/${scope}`;
  // The server finds the region by splitting at single spaces.
  return `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

/** The AWS partitions with their own domain, by the first part of their regions' names. */
const domains: Readonly<Record<string, string>> = {
  cn: "amazonaws.com.cn",
  eusc: "amazonaws.eu",
  "us-iso": "c2s.ic.gov",
  "us-isob": "sc2s.sgov.gov",
  "us-isof": "csp.hci.ic.gov",
  "eu-isoe": "cloud.adc-e.uk",
};

/** The host of a region's AWS STS. */
export function stsHost(region: string): string {
  const partition = /^(?:cn|eusc|us-iso[bf]?|eu-isoe)(?=-)/.exec(region)?.[0] ?? "";
  return `sts.${region}.${domains[partition] ?? "amazonaws.com"}`;
}

type Data = string | ArrayBuffer | ArrayBufferView;

/** SHA-256, or HMAC-SHA-256 if there is a secret, in the form that the signer accepts. */
export class Sha256 {
  readonly #secret: Uint8Array<ArrayBuffer> | undefined;
  #message: Uint8Array<ArrayBuffer> = new Uint8Array();

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : toBytes(secret);
  }

  update(data: Data): void {
    const added = toBytes(data);
    const message = new Uint8Array(this.#message.length + added.length);
    message.set(this.#message);
    message.set(added, this.#message.length);
    this.#message = message;
  }

  digest(): Promise<Uint8Array> {
    return digest(this.#message, this.#secret);
  }
}

/** The SHA-256 of a text, or its HMAC-SHA-256 if there is a key, in hexadecimal. */
async function hexDigest(text: string, key?: Uint8Array): Promise<string> {
  const hash = new Sha256(key);
  hash.update(text);
  return Array.from(await hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toBytes(data: Data): Uint8Array<ArrayBuffer> {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return new Uint8Array(data);
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The part of `node:crypto` in use here. */
interface NodeCrypto {
  createHash(algorithm: string): NodeHash;
  createHmac(algorithm: string, secret: Bytes): NodeHash;
}

interface NodeHash {
  update(message: Bytes): NodeHash;
  digest(): Uint8Array;
}

/** Computes SHA-256, or HMAC-SHA-256 if there is a secret, with what the platform has. */
async function digest(message: Bytes, secret: Bytes | undefined): Promise<Uint8Array> {
  const node = nodeCrypto();
  if (node) {
    const hash = secret === undefined ? node.createHash("sha256") : node.createHmac("sha256", secret);
    return hash.update(message).digest();
  }
  const { subtle } = crypto;
  if (secret === undefined) return new Uint8Array(await subtle.digest("SHA-256", message));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, message));
}

/** Node's own hashes, if available without an import: `fetch` has already loaded them, but not WebCrypto. */
function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.("crypto") as NodeCrypto | undefined;
}
