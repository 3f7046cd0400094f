import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { arch, platform } from "node:process";
import { runEnv } from "./run-env.mjs";
import { runPreload } from "./run-preload.mjs";
import { runScript } from "./run-script.mjs";
import { runWorker } from "./run-worker.mjs";

/**
 * A runtime, and how the smoke tests are run on it.
 *
 * @typedef {object} Runtime
 * @property {string} name
 * @property {() => string} find gives the path of its binary; throws where it is not installed
 * @property {Traits} traits
 * @property {(binary: string, task: Task) => Promise<Report>} run
 *
 * @typedef {object} Traits what is to be expected of the runtime
 * @property {boolean} sendsByFetch whether the default transport is the one over `fetch`
 * @property {boolean} tellsRefusal whether the runtime's fetch says that a connection was refused
 * @property {import("./program/transports.mjs").Traits} ky what `kyTransport` cannot do or know
 * @property {import("./program/transports.mjs").Traits | null} node the same of `nodeTransport`; `null` where Node is not
 *
 * @typedef {object} Task
 * @property {string} project a folder with the packages installed, the smoke tests in `runtimes`, and the certificate
 * of an authority to trust in `ca.pem`
 * @property {import("./program/world.mjs").Settings} settings
 * @property {readonly string[]} specifiers how to import every entry that is to load there
 * @property {readonly string[]} portable those of them that use nothing of Node
 *
 * @typedef {{ version: string, results: readonly { name: string, error?: string }[] }} Report
 */

const { resolve } = createRequire(import.meta.url);
const bunArch = arch === "arm64" ? "aarch64" : arch;
const libc = platform === "linux" ? "-glibc" : "";
const workerdArch = arch === "x64" ? "64" : arch;

/**
 * Finds a file of the package of this platform, which a package depends on.
 *
 * @param {string} owner
 * @param {string} file
 */
function fileOf(owner, file) {
  return createRequire(resolve(`${owner}/package.json`)).resolve(file);
}

/**
 * @param {string} version
 * @param {object} [options]
 * @param {import("./program/transports.mjs").Traits} [options.ky] what its fetch cannot do or know, besides what none can
 * @param {boolean} [options.withEnv] whether every program of the tests of `@infisical/env` runs on it, too
 * @returns {Runtime}
 */
function node(version, { ky, withEnv = false } = {}) {
  const runSmokeTests = runScript({ args: () => [], withRequire: true });
  const name = `node-${version}-${platform}-${arch}`;
  return {
    name: `Node ${version}`,
    traits: {
      sendsByFetch: false,
      tellsRefusal: true,
      ky: { connecting: "unknown", unexpectedContinue: "refused", ...ky },
      node: {},
    },
    find: () => join(dirname(resolve(`${name}/package.json`)), "bin/node"),
    run: async (binary, task) => {
      const { version, results } = await runSmokeTests(binary, task);
      const ofEnv = withEnv ? await runEnv(binary) : [];
      return { version, results: [...results, ...(await runPreload(binary, task)), ...ofEnv] };
    },
  };
}

/** @type {readonly Runtime[]} */
export const runtimes = [
  node("20.0", { ky: { damagedBodies: "unnoticed" } }),
  node("20", { ky: { damagedBodies: "unnoticed" } }),
  node("22", { withEnv: true }),
  node("24", { withEnv: true }),
  node("26"),
  {
    name: "Bun",
    find: () => fileOf("bun", `@oven/bun-${platform}-${bunArch}/bin/bun`),
    traits: {
      sendsByFetch: true,
      tellsRefusal: true,
      ky: { connecting: "unknown", reads: "repeated" },
      node: null,
    },
    run: runScript({ args: () => ["run"], withRequire: true }),
  },
  {
    name: "Deno",
    find: () => fileOf("deno", `@deno/${platform}-${arch}${libc}/deno`),
    traits: {
      sendsByFetch: true,
      tellsRefusal: true,
      ky: { connecting: "unknown", lengths: "omitted", reads: "repeated" },
      node: null,
    },
    run: runScript({
      // Nothing is allowed but to reach the servers, and what the logins read.
      args: ({ siteUrl, controlUrl, closedUrl, transports, job, tokenPath }) => {
        const { ca, ...origins } = transports.server;
        const urls = [siteUrl, controlUrl, closedUrl, job["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? null];
        urls.push(...Object.values(origins));
        const hosts = urls.filter((url) => url !== null).map((url) => new URL(url).host);
        return [
          "run",
          "--no-prompt",
          "--no-lock",
          "--node-modules-dir=manual",
          `--allow-net=${hosts.join()}`,
          "--allow-env",
          `--allow-read=${tokenPath}`,
        ];
      },
      withRequire: false,
      portableOnly: true,
    }),
  },
  {
    name: "workerd",
    find: () => fileOf("workerd", `@cloudflare/workerd-${platform}-${workerdArch}/bin/workerd`),
    traits: {
      sendsByFetch: true,
      tellsRefusal: false,
      ky: {
        connecting: "unknown",
        unreachable: "unknown",
        certificates: "unknown",
        lengths: "omitted",
        reads: "repeated",
      },
      node: null,
    },
    run: runWorker,
  },
];
