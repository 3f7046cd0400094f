import { createTestServer } from "@infisical/test-server";

/**
 * Which server to use, and how to log in there.
 *
 * @typedef {object} Settings
 * @property {string} siteUrl
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} projectId
 * @property {string} environment
 * @property {boolean} real whether it is a server of the user's, not one of ours
 * @property {() => Promise<void>} close
 */

/** A setting is missing or wrong; the message is all that the user needs. */
export class SettingError extends Error {}

const names = [
  "INFISICAL_SITE_URL",
  "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID",
  "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET",
  "INFISICAL_PROJECT_ID",
];

/**
 * Takes the settings from the environment, or starts a test server where there are none.
 *
 * @returns {Promise<Settings>}
 */
export async function readSettings() {
  const environment = process.env["INFISICAL_ENVIRONMENT"] || "dev";
  const values = names.map((name) => process.env[name]?.trim() ?? "");
  const missing = names.filter((_, index) => values[index] === "");
  if (missing.length === names.length) return startTestServer();
  if (missing.length > 0) {
    throw new SettingError(`${missing.join(", ")} is not set: set all four of ${names.join(", ")}, or none.`);
  }
  const [siteUrl = "", clientId = "", clientSecret = "", projectId = ""] = values;
  return { siteUrl, clientId, clientSecret, projectId, environment, real: true, close: async () => {} };
}

/** @returns {Promise<Settings>} */
async function startTestServer() {
  const server = createTestServer();
  const { siteUrl } = await server.listen({ port: 0 });
  const [{ clientId = "", clientSecret = "" } = {}] = server.identities;
  const projectId = server.projects[0]?.id ?? "";
  return {
    siteUrl,
    clientId,
    clientSecret,
    projectId,
    environment: "dev",
    real: false,
    close: () => server.close(),
  };
}
