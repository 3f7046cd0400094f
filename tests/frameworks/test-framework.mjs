import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { search } from "../next/search.mjs";
import { freePort, runNode, startServer } from "./processes.mjs";
import { startSecretsServer } from "./secrets-server.mjs";

/** @typedef {import("./processes.mjs").Variables} Variables */

const preload = "@infisical/env/preload";

/** The two ways to preload a module: in the command, and where the command is another's. */
const ways = [
  { name: "node --import", args: ["--import", preload], variables: {} },
  { name: "NODE_OPTIONS", args: [], variables: { NODE_OPTIONS: `--import ${preload}` } },
];

/**
 * Builds an application without secrets, and starts it with the preload.
 *
 * @param {string} application its folder
 * @param {import("./applications.mjs").Framework} framework
 * @param {(name: string, run: () => unknown) => Promise<void>} check
 */
export async function testFramework(application, { program, server, title }, check) {
  const secrets = await startSecretsServer();
  // What is printed is searched with the application's files.
  const keep = (/** @type {string} */ text) => appendFileSync(join(application, "printed.txt"), `${text}\n`);
  try {
    await check("builds without secrets", async () => {
      const { code, output } = await runNode(application, [program, "build"]);
      assert.equal(code, 0, output);
    });
    for (const { name, args, variables } of ways) {
      await check(`starts by ${name} with the values as they are`, async () => {
        const started = await start([...args, server], { ...secrets.variables, ...variables });
        const page = await text(started.url);
        /** @type {unknown} */
        const arrived = JSON.parse(await text(`${started.url}/secrets`));
        const { output } = await started.stop();
        keep(page + output);
        assert.deepEqual(arrived, { ...secrets.secrets(), NUXT_TITLE: title });
        assert.ok(page.includes(`The key has ${secrets.secrets()["API_KEY"]?.length} characters`), page);
        assert.match(output, /^infisical: 4 variables from /m);
      });
      secrets.set("API_KEY", `a changed "value" for $HOME\n${name}`);
    }
    for (const [name, wrong, reason] of await wrongVariables()) {
      await check(`does not start with ${name}`, async () => {
        for (const { args, variables } of ways) {
          const environment = { ...secrets.variables, ...variables, ...wrong };
          const started = await startServer(application, [...args, server], environment);
          const { code, output } = "stop" in started ? await started.stop() : started;
          keep(output);
          assert.equal(code, 1, output);
          assert.match(output, /^infisical: The application was not started\. /);
          assert.match(output, reason);
          assert.doesNotMatch(output, /Listening/);
        }
      });
    }
    await check("keeps and prints nothing of a secret", () => {
      assert.deepEqual(search(application, secrets.sentinels()), []);
    });
    await check("the search finds what is printed", () => {
      keep(JSON.stringify(secrets.secrets()));
      assert.notDeepEqual(search(application, secrets.sentinels()), []);
    });
  } finally {
    await secrets.close();
  }

  async function start(/** @type {readonly string[]} */ args, /** @type {Variables} */ variables) {
    const started = await startServer(application, args, variables);
    if ("url" in started) return started;
    keep(started.output);
    throw new Error(`The server ended with ${started.code}:\n${started.output}`);
  }
}

/** @returns {Promise<[name: string, variables: Variables, reason: RegExp][]>} */
async function wrongVariables() {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  return [
    ["a wrong client secret", { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong" }, /identity's credentials/],
    ["another project", { INFISICAL_PROJECT_ID: "another" }, /Check the project/],
    ["a server that is down", { INFISICAL_SITE_URL: nobody }, /Check INFISICAL_SITE_URL and the network/],
    ["no project", { INFISICAL_PROJECT_ID: "" }, /INFISICAL_PROJECT_ID/],
  ];
}

async function text(/** @type {string} */ url) {
  const response = await fetch(url);
  const body = await response.text();
  assert.equal(response.status, 200, body);
  return body;
}
