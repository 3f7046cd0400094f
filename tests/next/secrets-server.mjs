import { createTestServer } from "@infisical/test-server";

/** The value that the application is built with, and the one that it finds later: of different lengths. */
export const values = {
  built: "the value/+& of the=build",
  changed: "the value/+& of the=run, a changed one",
};

/**
 * Starts a server with a secret, and says what must not be kept of it.
 */
export async function startSecretsServer() {
  const server = createTestServer();
  const { siteUrl } = await server.listen();
  const { clientId, clientSecret } = server.credentials();
  const setValue = (/** @type {string} */ value) =>
    server.secrets.set({ environment: "dev", key: "API_KEY", value });
  setValue(values.built);
  return {
    /** What the recipe's code reads. */
    variables: {
      INFISICAL_SITE_URL: siteUrl,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
      INFISICAL_PROJECT_ID: server.projectId(),
    },
    setValue,
    /** Ends every token, so that a later process must log in by itself. */
    expireTokens: () => server.tokens.expire(),
    /** How many requests there have been. */
    count: () => server.requests.length,
    /**
     * Says through what the reads since then came.
     *
     * @param {number} start how many requests there had been
     * @returns {("fetch" | "sockets")[]} only a `fetch` says how it was called
     */
    readsSince: (start) =>
      server.requests
        .slice(start)
        .filter(({ path, status }) => path.endsWith("/API_KEY") && status === 200)
        .map(({ headers }) => ("sec-fetch-mode" in headers ? "fetch" : "sockets")),
    /** Gives the values and all tokens that were used, by what to call them. */
    sentinels() {
      const tokens = server.requests.flatMap(({ headers: { authorization = "" } }) =>
        authorization.startsWith("Bearer ") ? [authorization.slice("Bearer ".length)] : [],
      );
      const named = [...new Set(tokens)].map((token, index) => [`access token ${index + 1}`, token]);
      return { ...Object.fromEntries(named), "built value": values.built, "changed value": values.changed };
    },
    close: () => server.close(),
  };
}
