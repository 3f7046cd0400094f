import { createScope, getCanonicalHeaders, getSigningKey } from "@smithy/signature-v4";
import type { AwsCredentials } from "./aws-credentials.ts";
import { hexDigest, Sha256 } from "./sha256.ts";
import { stsHost } from "./sts-host.ts";

/** A signed request to AWS STS, in the form that the server takes it. */
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

/** Signs the question "who am I?" to AWS STS, which the server then asks in our name. */
export async function signCallerIdentity(
  credentials: AwsCredentials,
  region: string,
  signingDate: Date,
): Promise<SignedRequest> {
  const timestamp = signingDate.toISOString().replace(/[-:]|\.\d{3}/g, "");
  // Nothing else may stand here: with an Accept of ours, STS answers in a form that the server cannot read.
  const headers: Record<string, string> = {
    "Content-Length": String(body.length),
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    Host: stsHost(region),
    "X-Amz-Date": timestamp,
  };
  if (credentials.sessionToken !== undefined) headers["X-Amz-Security-Token"] = credentials.sessionToken;
  // Older servers look for it by this spelling.
  headers["Authorization"] = await authorization(headers, credentials, region, timestamp);
  return {
    iamHttpRequestMethod: method,
    iamRequestBody: btoa(body),
    iamRequestHeaders: btoa(JSON.stringify(headers)),
  };
}

/** Signature Version 4 of our request, from the parts of AWS's own signer that it takes. */
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
