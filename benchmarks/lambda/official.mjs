import { InfisicalSDK } from "infisical-official";

// The job of examples/lambda with the official SDK.

/** @type {InfisicalSDK | undefined} */
let client;

/** Reads DATABASE_URL, and answers with what may be known of it. */
export async function handler() {
  client ??= await new InfisicalSDK({ siteUrl: process.env["INFISICAL_SITE_URL"] ?? "" })
    .auth()
    .awsIamAuth.login();
  const { secretKey, secretValue, version } = await client.secrets().getSecret({
    projectId: process.env["INFISICAL_PROJECT_ID"] ?? "",
    environment: process.env["INFISICAL_ENVIRONMENT"] ?? "dev",
    secretName: "DATABASE_URL",
  });
  return { statusCode: 200, body: JSON.stringify({ secretKey, version, length: secretValue.length }) };
}
