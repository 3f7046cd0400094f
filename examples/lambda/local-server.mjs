import { createTestServer } from "@infisical/test-server";

/** Credentials such as Lambda gives a function: temporary ones, of the function's role. */
const credentials = {
  AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "IQoJb3JpZ2luX2VjEXAMPLE",
};

/**
 * Starts a test server whose simulated AWS knows the function's role.
 *
 * @returns {Promise<{ environment: Record<string, string>, close: () => Promise<void> }>} the variables that
 * Lambda would set, and those that the function's owner sets
 */
export async function startLocalServer() {
  const server = createTestServer({
    projects: [
      {
        name: "Shop",
        slug: "web-shop",
        environments: [{ name: "Development", slug: "dev" }],
        secrets: { dev: { "/": { DATABASE_URL: "postgres://app:correct-horse@db/app" } } },
      },
    ],
    identities: [
      {
        name: "order-function",
        projectRoles: { "web-shop": "viewer" },
        awsAuth: {
          allowedAccountIds: ["123456789012"],
          allowedPrincipalArns: ["arn:aws:iam::123456789012:role/order-function"],
          credentials: [
            {
              accessKeyId: credentials.AWS_ACCESS_KEY_ID,
              secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
              sessionToken: credentials.AWS_SESSION_TOKEN,
              arn: "arn:aws:sts::123456789012:assumed-role/order-function/order-function",
            },
          ],
        },
      },
    ],
  });
  const { siteUrl } = await server.listen();
  const environment = {
    ...credentials,
    AWS_REGION: "eu-central-1",
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_MACHINE_IDENTITY_ID: server.identities[0]?.identityId ?? "",
    INFISICAL_PROJECT_ID: server.projects[0]?.id ?? "",
  };
  return { environment, close: () => server.close() };
}
