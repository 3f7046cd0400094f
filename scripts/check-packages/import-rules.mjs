/**
 * What a package can import besides what its tier allows.
 *
 * @typedef {{ thirdParty?: readonly string[], takenIn?: readonly string[], node?: boolean | RegExp, nodeEntries?: readonly string[], preloads?: readonly string[] }} ImportRule
 * `takenIn`: what the build includes in our own files, so that it must not be a runtime dependency.
 * `node`: whether it uses modules of Node, or in which files it does.
 * `nodeEntries`: the entries that load those files; all others run everywhere.
 * `preloads`: the entries that do something when they are loaded, and export nothing.
 */

/**
 * Packages by tier: each may import those of the tiers below it. A package that is not listed is in tier 1.
 *
 * @type {readonly (readonly string[])[]}
 */
const tiers = [["core"], [], ["auth-env", "watch"], ["env", "middy"], ["sdk"], ["nestjs"]];

/** @type {Readonly<Record<string, ImportRule>>} */
const rules = {
  core: {
    thirdParty: ["ky", "ms"],
    node: /^(?:transports\/node|testing\/server)/,
    nodeEntries: ["./node", "./testing/server"],
  },
  "test-server": {
    thirdParty: [
      "@noble/curves",
      "@noble/hashes",
      "@peculiar/asn1-csr",
      "@peculiar/asn1-schema",
      "@peculiar/asn1-x509",
      "hono",
      "jose",
      "ms",
      "picomatch",
      "zod",
    ],
    // What opens ports, and what is run as a program. All else also runs in a page.
    node: /^(?:cli|engine\/(?:hosts|socket-server)\.)/,
  },
  "auth-aws": { thirdParty: ["@aws-sdk/credential-providers"], takenIn: ["@smithy/signature-v4"] },
  // Both are loaded when a CSR is made.
  certificates: { thirdParty: ["@peculiar/x509", "reflect-metadata"] },
  opentelemetry: { thirdParty: ["@opentelemetry/api"] },
  "transport-undici": { thirdParty: ["undici"], node: true },
  env: {
    thirdParty: ["jiti"],
    node: /^(?:configuration|preload|command\/|formats\/|types\/)/,
    nodeEntries: ["./preload"],
    preloads: ["./preload"],
  },
  // Nest itself runs on Node only.
  nestjs: { thirdParty: ["@nestjs/common", "@nestjs/core"], node: true },
  sdk: { nodeEntries: ["./node"] },
};

/**
 * Returns the rule of a package.
 *
 * @param {string} folder
 * @returns {Required<ImportRule>}
 */
export function importRule(folder) {
  return { thirdParty: [], takenIn: [], node: false, nodeEntries: [], preloads: [], ...rules[folder] };
}

/**
 * Returns the packages of ours that a package may import.
 *
 * @param {string} folder
 * @param {readonly string[]} folders all packages
 */
export function allowedImports(folder, folders) {
  if (folder === "test-server") return [];
  return folders.filter((other) => other !== "test-server" && tierOf(other) < tierOf(folder));
}

/**
 * Puts packages in the order in which a reader wants them: the umbrella, core, all others, the test server.
 *
 * @template {{ readonly folder: string }} T
 * @param {readonly T[]} packages
 * @returns {T[]}
 */
export function inReadingOrder(packages) {
  const rank = (/** @type {T} */ { folder }) => ({ sdk: 0, core: 1, "test-server": 3 })[folder] ?? 2;
  return [...packages].sort((one, other) => rank(one) - rank(other) || (one.folder < other.folder ? -1 : 1));
}

/** @param {string} folder */
function tierOf(folder) {
  const tier = tiers.findIndex((names) => names.includes(folder));
  return tier < 0 ? 1 : tier;
}
