/**
 * What `@infisical/core/testing` exports, which a test of an auth method or a plugin runs.
 *
 * @typedef {{ name: string, run(): Promise<void> }} Promised
 * @typedef {object} Contracts
 * @property {(contract: object) => readonly Promised[]} authStrategyContract
 * @property {(contract: object) => readonly Promised[]} pluginContract
 */

const clientSecret = "hunter2-client-secret";
const place = { projectId: "a-project", environment: "an-environment" };
const secret = { id: "an-id", secretKey: "A_NAME", secretValue: "hunter2-value" };

/**
 * Gives the promises that the packages keep on every runtime.
 *
 * @param {Contracts} contracts
 * @param {import("./world.mjs").Modules} modules
 * @returns {Promised[]}
 */
export function contractCases({ authStrategyContract, pluginContract }, { authUniversal, secrets }) {
  const auth = authStrategyContract({
    create: authUniversal.universalAuth,
    options: () => ({ clientId: "an-id", clientSecret }),
    credentials: [clientSecret],
    refused: [{ option: "clientId", options: { clientSecret } }],
  });
  /** @typedef {import("@infisical/secrets").SecretsApi} Api */
  const plugin = pluginContract({
    create: secrets.secrets,
    calls: {
      listSecrets: {
        options: place,
        call: (/** @type {Api} */ api, /** @type {typeof place} */ options) => api.listSecrets(options),
        response: { secrets: [secret], imports: [] },
      },
      createSecret: {
        options: { ...place, secretValue: secret.secretValue },
        call: (/** @type {Api} */ api, /** @type {typeof place & { secretValue: string }} */ options) =>
          api.createSecret("A_NAME", options),
        response: { secret },
        secrets: [secret.secretValue],
      },
    },
  });
  return [...auth, ...plugin];
}
