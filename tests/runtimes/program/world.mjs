/**
 * @typedef {object} Modules what is under test, however it was loaded
 * @property {typeof import("@infisical/core")} core
 * @property {typeof import("@infisical/auth-universal")} authUniversal
 * @property {typeof import("@infisical/auth-oidc")} authOidc
 * @property {typeof import("@infisical/auth-oidc/github-actions")} githubActions
 * @property {typeof import("@infisical/auth-kubernetes")} authKubernetes
 * @property {typeof import("@infisical/secrets")} secrets
 *
 * @typedef {object} Settings
 * @property {string} siteUrl of the test server, which runs in another process
 * @property {string} controlUrl where failures are ordered
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} identityId of the identity, for logins without a client secret
 * @property {Readonly<Record<string, string>>} job the variables of a job of GitHub Actions
 * @property {string} tokenPath the file with the token of a Kubernetes pod
 * @property {boolean} hasFiles whether the runtime can read it
 * @property {string} projectId
 * @property {string} closedUrl where nobody listens
 * @property {import("./transports.mjs").Settings} transports what is asked of the transports
 * @property {boolean} sendsByFetch whether the default transport is the one over `fetch`
 * @property {boolean} tellsRefusal whether the runtime's fetch says that a connection was refused
 *
 * @typedef {{ method: string, path: string, body?: any }} Request
 * @typedef {Awaited<ReturnType<typeof enterWorld>>} World
 * @typedef {{ name: string, run(world: World): Promise<void> }} Case
 */

/**
 * Gives a case what it needs, with the server as it was at first.
 *
 * @param {Modules} modules
 * @param {Settings} settings
 */
export async function enterWorld(modules, settings) {
  const { siteUrl, controlUrl, clientId, clientSecret, projectId } = settings;

  /** @param {object} order */
  const control = async (order) => {
    const response = await fetch(controlUrl, { method: "POST", body: JSON.stringify(order) });
    return response.json();
  };
  await control({ reset: true });

  /** @param {import("@infisical/core").ClientOptions<any>} [options] */
  const client = (options) =>
    modules.core.createClient({
      siteUrl,
      auth: modules.authUniversal.universalAuth({ clientId, clientSecret }),
      retry: { baseDelay: 5 },
      ...options,
      plugins: [modules.secrets.secrets()],
    });

  return {
    modules,
    settings,
    client,
    place: { projectId, environment: "dev" },
    /** The failures of the test server, which JSON can carry. */
    fail: (/** @type {object} */ match, /** @type {object} */ failure) => control({ match, failure }),
    /** Ends the life of all tokens. */
    expireTokens: () => control({ expireTokens: true }),
    /** How often the server was asked so. */
    count: async (/** @type {string} */ method, /** @type {string} */ path) => {
      /** @type {Request[]} */
      const requests = await control({});
      return requests.filter((request) => request.method === method && request.path === path).length;
    },
  };
}

export const listPath = "/api/v3/secrets/raw";
export const loginPath = "/api/v1/auth/universal-auth/login";
export const renewPath = "/api/v1/auth/token/renew";
