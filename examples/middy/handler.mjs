import { awsIamAuth } from "@infisical/auth-aws/lambda";
import { infisical } from "@infisical/middy";
import middy from "@middy/core";

/** Fetches during the cold start, and again when a value is older than 15 minutes. */
const secrets = infisical({
  client: { siteUrl: process.env["INFISICAL_SITE_URL"], auth: awsIamAuth() },
  projectId: process.env["INFISICAL_PROJECT_ID"] ?? "",
  environment: process.env["INFISICAL_ENVIRONMENT"] ?? "dev",
  fetchData: {
    databaseUrl: "DATABASE_URL",
    limits: {
      secretName: "LIMITS",
      parse: (text) => /** @type {{ perMinute: number }} */ (JSON.parse(text)),
    },
  },
  cacheExpiry: "15m",
  setToContext: true,
});

/** Answers with what may be known of the secrets. */
export const handler = middy()
  .use(secrets)
  .handler(async (_event, { databaseUrl, limits }) => {
    const body = JSON.stringify({ length: databaseUrl.length, perMinute: limits.perMinute });
    return { statusCode: 200, body };
  });
