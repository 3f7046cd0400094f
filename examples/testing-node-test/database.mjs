/**
 * The code under test: the URL of a database, or nothing where none is configured.
 *
 * @param {import("@infisical/sdk").InfisicalSDK} sdk
 * @param {string} projectId
 * @returns {Promise<string | undefined>}
 */
export async function databaseUrl(sdk, projectId) {
  try {
    const secretName = "DATABASE_URL";
    return (await sdk.secrets().getSecret({ projectId, environment: "dev", secretName })).secretValue;
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === "NOT_FOUND") return undefined;
    throw error;
  }
}
