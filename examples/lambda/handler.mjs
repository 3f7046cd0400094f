import { awsIamAuth } from "@infisical/auth-aws/lambda";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";

// One client for the life of the instance: later calls share its session, and log in only when they must.
const client = createClient({
  siteUrl: process.env["INFISICAL_SITE_URL"],
  auth: awsIamAuth(),
  plugins: [secrets()],
});

/** Reads DATABASE_URL, and answers with what may be known of it. */
export async function handler() {
  const { secretKey, secretValue, version } = await client.secrets().getSecret({
    projectId: process.env["INFISICAL_PROJECT_ID"] ?? "",
    environment: process.env["INFISICAL_ENVIRONMENT"] ?? "dev",
    secretName: "DATABASE_URL",
  });
  return { statusCode: 200, body: JSON.stringify({ secretKey, version, length: secretValue.length }) };
}
