import { createHash, createHmac } from "node:crypto";

// What a careful author would write by hand for the job of examples/lambda, and no more.

const { env } = process;
const stsBody = "Action=GetCallerIdentity&Version=2011-06-15";

/** @type {string | undefined} */
let accessToken;

/** Reads DATABASE_URL, and answers with what may be known of it. */
export async function handler() {
  accessToken ??= await login();
  const query = new URLSearchParams({
    workspaceId: env["INFISICAL_PROJECT_ID"] ?? "",
    environment: env["INFISICAL_ENVIRONMENT"] ?? "dev",
    secretPath: "/",
    expandSecretReferences: "true",
    viewSecretValue: "true",
    include_imports: "false",
  });
  const { secret } = await send(`/api/v3/secrets/raw/DATABASE_URL?${query}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { secretKey, secretValue, version } = secret;
  return { statusCode: 200, body: JSON.stringify({ secretKey, version, length: secretValue.length }) };
}

/** @returns {Promise<string>} */
async function login() {
  const { accessToken } = await send("/api/v1/auth/aws-auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      identityId: env["INFISICAL_MACHINE_IDENTITY_ID"],
      iamHttpRequestMethod: "POST",
      iamRequestBody: Buffer.from(stsBody).toString("base64"),
      iamRequestHeaders: Buffer.from(JSON.stringify(signedHeaders())).toString("base64"),
    }),
  });
  return accessToken;
}

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function send(path, init) {
  const response = await fetch(env["INFISICAL_SITE_URL"] + path, {
    ...init,
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${path.split("?")[0]} answered ${response.status}`);
  return response.json();
}

/** @returns {Record<string, string>} */
function signedHeaders() {
  const region = env["AWS_REGION"] ?? "";
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = [timestamp.slice(0, 8), region, "sts", "aws4_request"];
  const headers = {
    "Content-Length": String(stsBody.length),
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    Host: `sts.${region}.amazonaws.com`,
    "X-Amz-Date": timestamp,
    "X-Amz-Security-Token": env["AWS_SESSION_TOKEN"] ?? "",
  };
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}:${value}\n`);
  const canonical = ["POST", "/", "", lines.join(""), names, sha256(stsBody)].join("\n");
  const text = ["AWS4-HMAC-SHA256", timestamp, scope.join("/"), sha256(canonical)].join("\n");
  let key = hmac(`AWS4${env["AWS_SECRET_ACCESS_KEY"]}`, scope[0] ?? "");
  for (const part of scope.slice(1)) key = hmac(key, part);
  const credential = `Credential=${env["AWS_ACCESS_KEY_ID"]}/${scope.join("/")}`;
  const signature = hmac(key, text).toString("hex");
  return {
    ...headers,
    Authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** @param {string} text */
function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * @param {string | Buffer} key
 * @param {string} text
 */
function hmac(key, text) {
  return createHmac("sha256", key).update(text).digest();
}
