const { randomUUID } = require("node:crypto");

/**
 * The code under test: gives an API key a new value, and creates it where there is none.
 *
 * @param {import("@infisical/sdk").InfisicalSDK} sdk
 * @param {string} projectId
 */
async function rotateApiKey(sdk, projectId) {
  const options = { projectId, environment: "prod", secretValue: randomUUID() };
  try {
    await sdk.secrets().updateSecret("API_KEY", options);
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== "NOT_FOUND") throw error;
    await sdk.secrets().createSecret("API_KEY", options);
  }
  return options.secretValue;
}

module.exports = { rotateApiKey };
