/**
 * What a package may import.
 *
 * @typedef {{ ours: readonly string[], thirdParty: readonly string[], takenIn?: readonly string[], node: boolean | RegExp, nodeEntries?: readonly string[] }} ImportRule
 * `takenIn`: what the build puts into our own files, so that it must not be a runtime dependency.
 * `node`: whether it uses modules of Node, or in which files it does.
 * `nodeEntries`: the entries that load those files; all others run everywhere.
 */

const resources = ["secrets", "dynamic-secrets", "projects", "kms"];

/** @type {Readonly<Record<string, ImportRule>>} */
const rules = {
  core: {
    ours: [],
    thirdParty: ["ky", "ms"],
    node: /^(?:transports\/node|testing\/(?:transport-)?server)/,
    nodeEntries: ["./node", "./testing/server"],
  },
  "test-server": { ours: [], thirdParty: ["hono", "@hono/node-server", "ms", "zod"], node: true },
  "auth-aws": {
    ours: ["core"],
    thirdParty: ["@aws-sdk/credential-providers"],
    takenIn: ["@smithy/signature-v4"],
    node: false,
  },
  "transport-undici": { ours: ["core"], thirdParty: ["undici"], node: true },
  sdk: {
    ours: ["core", "auth-universal", "auth-aws", "cache", ...resources],
    thirdParty: [],
    node: false,
    nodeEntries: ["./node"],
  },
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
