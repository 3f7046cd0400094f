import { createServer } from "node:http";
import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { telemetry } from "@infisical/opentelemetry";
import { secrets } from "@infisical/secrets";

/**
 * A server that answers whether a feature is on, which a secret says.
 *
 * @param {object} options
 * @param {string} options.siteUrl
 * @param {string} options.clientId
 * @param {string} options.clientSecret
 * @param {string} options.projectId
 */
export function createApplication({ siteUrl, clientId, clientSecret, projectId }) {
  const client = createClient({
    siteUrl,
    auth: universalAuth({ clientId, clientSecret }),
    plugins: [secrets()],
    observer: telemetry(),
  });
  const server = createServer(async (_, response) => {
    try {
      const call = { projectId, environment: "dev", secretName: "FEATURE" };
      const { secretValue } = await client.secrets().getSecret(call);
      response.end(secretValue === "on" ? "on" : "off");
    } catch {
      response.writeHead(503).end();
    }
  });
  return { server, close: () => client.close() };
}
