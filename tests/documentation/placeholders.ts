/**
 * What the documentation's examples take as given: a server to talk to and the credentials for it. An example
 * that uses one of these names without declaring it gets it from here.
 */
import { InfisicalSDK } from "@infisical/sdk";
import { createTestServer, type TestServer } from "@infisical/test-server";

const projectSlug = "example-project";
const awsKey = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "the-key-of-the-example" };

const ordersDatabase = {
  client: "postgres",
  host: "database.internal",
  port: 5432,
  database: "orders",
  username: "infisical",
  password: "of the user who makes users",
  creationStatement: "CREATE ROLE {{username}} LOGIN PASSWORD '{{password}}'",
  revocationStatement: "DROP ROLE {{username}}",
  renewStatement: "",
};

/** The server that answers whatever an example sends, under any address. */
export const server: TestServer = createTestServer({
  projects: [
    {
      name: "Example",
      slug: projectSlug,
      environments: ["dev", "staging", "prod"].map((slug) => ({ name: slug, slug })),
      tags: [{ slug: "database" }],
      secrets: {
        dev: {
          "/": { API_KEY: "an example", DATABASE_PASSWORD: "of the example" },
          "/shared": { LOG_LEVEL: "info" },
        },
      },
      imports: [{ environment: "dev", import: { environment: "dev", path: "/shared" } }],
      dynamicSecrets: { dev: { "/": { orders: { type: "sql-database", inputs: ordersDatabase } } } },
    },
    { name: "Keys", slug: "example-keys", type: "kms", environments: [] },
  ],
  identities: [
    {
      name: "app",
      organizationRole: "admin",
      projectRoles: { [projectSlug]: "admin", "example-keys": "admin" },
      universalAuth: {},
      awsAuth: { credentials: [{ ...awsKey, arn: "arn:aws:iam::123456789012:role/app" }] },
    },
  ],
});

const [identity] = server.identities;
const [project] = server.projects;

export const siteUrl = "https://app.infisical.com";
export const clientId: string = identity?.clientId ?? "";
export const clientSecret: string = identity?.clientSecret ?? "";
export const identityId: string = identity?.identityId ?? "";
export const projectId: string = project?.id ?? "";
export const keysProjectId: string = server.projectId("example-keys");
/** A profile that issues certificates of 90 days. */
export const profileId: string = server.certificates.createProfile({ defaults: { ttlDays: 90 } }).id;
export { projectSlug };

/** A client that has logged in. */
export const client: InfisicalSDK = new InfisicalSDK({ transport: server.transport });
await client.auth().universalAuth.login({ clientId, clientSecret });

/** A pool of connections, such as that of a database's driver. */
export const createPool = (user: string, password: string) => ({
  query: async (_statement: string): Promise<string> => (user && password ? "1 row" : "refused"),
  end: async (): Promise<void> => undefined,
});

/** The variables that a deployment would set. */
export const environment: Readonly<Record<string, string>> = {
  INFISICAL_SITE_URL: siteUrl,
  INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
  INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  INFISICAL_MACHINE_IDENTITY_ID: identityId,
  INFISICAL_PROJECT_ID: projectId,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: awsKey.accessKeyId,
  AWS_SECRET_ACCESS_KEY: awsKey.secretAccessKey,
};

/** Keys of a cache's store. */
export const encryptionKey = "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f";
export const newEncryptionKey = "Zt4wPq9sLm2xVb7nKc5jHd8gFr3yTu6e";
