/**
 * What a package may import.
 *
 * @typedef {{ ours: readonly string[], thirdParty: readonly string[], node: boolean }} ImportRule
 */

const resources = ["secrets", "dynamic-secrets", "projects", "kms"];

/** @type {Readonly<Record<string, ImportRule>>} */
const rules = {
  core: { ours: [], thirdParty: ["ms"], node: false },
  "test-server": { ours: [], thirdParty: ["hono", "@hono/node-server", "ms", "zod"], node: true },
  "auth-aws": {
    ours: ["core"],
    thirdParty: ["@smithy/signature-v4", "@smithy/protocol-http", "@aws-sdk/credential-providers"],
    node: true,
  },
  sdk: { ours: ["core", "auth-universal", "auth-aws", "cache", ...resources], thirdParty: [], node: false },
};

/**
 * Gives the rule of a package; auth methods, resources and the cache share one.
 *
 * @param {string} folder
 * @returns {ImportRule}
 */
export function importRule(folder) {
  return rules[folder] ?? { ours: ["core"], thirdParty: [], node: false };
}
