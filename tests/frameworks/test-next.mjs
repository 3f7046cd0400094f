import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildNext, startNext } from "../next/next-process.mjs";
import { search } from "../next/search.mjs";
import { freePort } from "./processes.mjs";
import { startSecretsServer } from "./secrets-server.mjs";

/** @typedef {import("./processes.mjs").Variables} Variables */

const preload = { NODE_OPTIONS: "--import @infisical/env/preload" };

/** An `instrumentation.ts` that leaves Node's variables as they are. */
const edgeOnly = `import { register as registerSecrets } from "@infisical/env/next";

export async function register() {
  if (process.env["NEXT_RUNTIME"] === "edge") await registerSecrets();
}
`;

/**
 * Builds the application of Next.js and starts it, with the secrets read by `instrumentation.ts`, and by the preload.
 *
 * @param {string} application its folder
 * @param {(name: string, run: () => unknown) => Promise<void>} check
 */
export async function testNext(application, check) {
  const secrets = await startSecretsServer();
  // What is printed is searched with the application's files.
  const keep = (/** @type {string} */ text) => appendFileSync(join(application, "printed.txt"), `${text}\n`);
  try {
    await testBundler([]);
    await check("does not read again in instrumentation.ts what the preload has read", () =>
      serves(preload, 2),
    );
    for (const [name, wrong] of await wrongVariables()) {
      await check(`does not serve with ${name}`, () => refuses({ ...secrets.variables, ...wrong }));
    }
    await check("builds with the preload, which logs in once, and starts with it", async () => {
      const before = secrets.count();
      await build({ ...secrets.variables, ...preload }, []);
      assert.equal(secrets.count() - before, 2);
      await serves(preload, 2);
    });
    await testBundler(["--webpack"]);
    await check("reads the secrets by fetch in an edge runtime whose variables are not copied", async () => {
      writeFileSync(join(application, "instrumentation.ts"), edgeOnly);
      await build({}, []);
      await servesEdge();
    });
    await check("keeps and prints nothing of a secret", () => {
      assert.deepEqual(search(application, secrets.sentinels()), []);
    });
  } finally {
    await secrets.close();
  }

  /** Builds with a bundler, without variables, and starts the application with them. */
  async function testBundler(/** @type {readonly string[]} */ flags) {
    await check(`builds without secrets and without a server, by ${flags[0] ?? "turbopack"}`, async () => {
      const before = secrets.count();
      await build({}, flags);
      assert.equal(secrets.count(), before);
    });
    await check("sends nothing of the packages to browsers", () => {
      const text = { "a name": "INFISICAL_PROJECT_ID" };
      assert.deepEqual(search(join(application, ".next", "static"), text), []);
      assert.notDeepEqual(search(join(application, ".next", "server"), text), []);
    });
    await check("reads the secrets in instrumentation.ts, once for both runtimes", () => serves({}, 2));
  }

  async function build(/** @type {Variables} */ variables, /** @type {readonly string[]} */ flags) {
    const { code, output } = await buildNext({ application, variables }, flags);
    keep(output);
    assert.equal(code, 0, output);
  }

  /**
   * Starts the application, which must find the values as they are.
   *
   * @param {Variables} variables
   * @param {number} requests how many it may send: a login, and a list
   */
  async function serves(variables, requests) {
    const before = secrets.count();
    const started = await startNext({ application, variables: { ...secrets.variables, ...variables } });
    try {
      const page = await text(started.url);
      keep(page);
      assert.ok(page.includes(`The key has ${secrets.secrets()["API_KEY"]?.length} characters`), page);
      for (const path of ["/secrets", "/edge"]) {
        assert.deepEqual(JSON.parse(await text(started.url + path)), secrets.secrets(), path);
      }
    } finally {
      await started.stop();
      keep(started.output());
    }
    assert.equal(secrets.count() - before, requests);
  }

  /** Starts the application, whose edge runtime must find the values as they are, whatever Node's has. */
  async function servesEdge() {
    const before = secrets.count();
    const started = await startNext({ application, variables: secrets.variables });
    try {
      const { API_KEY, ...others } = JSON.parse(await text(`${started.url}/secrets`));
      assert.deepEqual([API_KEY, others], [undefined, {}]);
      for (const _ of ["cold", "warm"]) {
        assert.deepEqual(JSON.parse(await text(`${started.url}/edge`)), secrets.secrets());
      }
      assert.deepEqual(secrets.waysSince(before), ["fetch", "fetch"]);
    } finally {
      await started.stop();
      keep(started.output());
    }
  }

  /** Starts the application, which must not answer with success. */
  async function refuses(/** @type {Variables} */ variables) {
    const started = await startNext({ application, variables }).catch((/** @type {Error} */ error) => error);
    if (started instanceof Error) {
      keep(started.message);
      return;
    }
    const { status } = await fetch(started.url).catch(() => ({ status: 0 }));
    await started.stop();
    keep(started.output());
    assert.notEqual(status, 200);
  }
}

/** @returns {Promise<[name: string, variables: Variables][]>} */
async function wrongVariables() {
  return [
    ["a wrong client secret", { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong" }],
    ["a server that is down", { INFISICAL_SITE_URL: `http://127.0.0.1:${await freePort()}` }],
    ["no project", { INFISICAL_PROJECT_ID: "" }],
  ];
}

async function text(/** @type {string} */ url) {
  const response = await fetch(url);
  const body = await response.text();
  assert.equal(response.status, 200, body);
  return body;
}
