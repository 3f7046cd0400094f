/**
 * What a package may import.
 *
 * @typedef {{ ours: readonly string[], thirdParty: readonly string[], takenIn?: readonly string[], node: boolean }} ImportRule
 * `takenIn`: what the build puts into our own files, so that it must not be a runtime dependency.
 */

const resources = ["secrets", "dynamic-secrets", "projects", "kms"];

/** @type {Readonly<Record<string, ImportRule>>} */
const rules = {
  core: { ours: [], thirdParty: ["ms"], node: false },
  "test-server": { ours: [], thirdParty: ["hono", "@hono/node-server", "ms", "zod"], node: true },
  "auth-aws": {
    ours: ["core"],
    thirdParty: ["@aws-sdk/credential-providers"],
    takenIn: ["@smithy/signature-v4"],
    node: false,
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
