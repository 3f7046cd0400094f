import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arch, platform } from "node:process";
import { fileURLToPath } from "node:url";
import { startTransportServer } from "@infisical/core/testing/server";
import { createTestServer } from "@infisical/test-server";
import { createTestGitHubActions } from "@infisical/test-server/clouds";
import { installWithNpm } from "../../scripts/install-packed.mjs";
import { packPackages, specifiersOf } from "../../scripts/pack.mjs";
import { startControlServer } from "./control-server.mjs";
import { runtimes } from "./runtimes.mjs";

/**
 * @typedef {import("./runtimes.mjs").Runtime} Runtime
 * @typedef {{ name: string, version: string, outcome: string, state: "passed" | "failed" | "missing" }} Row
 */

const folder = mkdtempSync(join(tmpdir(), "infisical-runtimes-"));
const podToken = "token-of-a-pod";
const server = createTestServer({
  identities: [
    {
      name: "everywhere",
      projectRoles: { "example-project": "admin" },
      universalAuth: {},
      oidcAuth: {},
      kubernetesAuth: { reviews: { [podToken]: { username: "system:serviceaccount:shop:api" } } },
    },
  ],
});
const { siteUrl } = await server.listen();
const actions = createTestGitHubActions({ issuer: server.tokenIssuer });
const job = await actions.listen();
const { controlUrl, close } = await startControlServer(server);
const transportServer = await startTransportServer();
try {
  const rows = [];
  const prepared = await prepare();
  for (const runtime of runtimes) rows.push(await test(runtime, prepared));
  report(rows);
} finally {
  close();
  await transportServer.close();
  await actions.close();
  await server.close();
  rmSync(folder, { recursive: true });
}

/** Packs the packages and installs them as a user would. */
async function prepare() {
  const [tarballs, project] = [join(folder, "tarballs"), join(folder, "project")];
  mkdirSync(tarballs);
  const packages = packPackages(tarballs);
  installWithNpm(project, packages);
  const program = fileURLToPath(new URL("program", import.meta.url));
  cpSync(program, join(project, "runtimes"), { recursive: true });

  const [{ identityId = "", clientId = "", clientSecret = "" } = {}] = server.identities;
  const projectId = server.projects[0]?.id ?? "";
  const closedUrl = `http://127.0.0.1:${await closedPort()}`;
  const tokenPath = join(project, "pod-token");
  writeFileSync(tokenPath, podToken);
  const login = { identityId, clientId, clientSecret, job, tokenPath };
  const settings = { siteUrl, controlUrl, closedUrl, projectId, ...login };
  writeFileSync(join(project, "ca.pem"), transportServer.addresses.ca);
  const { all, portable } = specifiersOf(packages);
  return { project, settings, specifiers: all, portable };
}

/**
 * @param {Runtime} runtime
 * @param {Awaited<ReturnType<typeof prepare>>} prepared
 * @returns {Promise<Row>}
 */
async function test({ name, find, traits, run }, { settings: places, ...prepared }) {
  const { ky, node, ...expected } = traits;
  const transports = { server: transportServer.addresses, ky, node };
  const task = {
    ...prepared,
    settings: { ...places, ...expected, hasFiles: name !== "workerd", transports },
  };
  let binary;
  try {
    binary = find();
  } catch {
    return { name, version: "–", state: "missing", outcome: `does not exist for ${platform}-${arch}` };
  }
  try {
    const { version, results } = await run(binary, task);
    const failures = results.filter(({ error }) => error !== undefined);
    for (const failure of failures) console.error(`\n${name}: ${failure.name}\n  ${failure.error}`);
    const passed = results.length - failures.length;
    if (failures.length > 0)
      return { name, version, state: "failed", outcome: `${failures.length} failed, ${passed} passed` };
    return { name, version, state: "passed", outcome: `${passed} passed` };
  } catch (error) {
    console.error(`\n${name}: ${error}`);
    return { name, version: "?", state: "failed", outcome: "broke off" };
  }
}

/** @param {readonly Row[]} rows */
function report(rows) {
  console.log();
  for (const { name, version, outcome } of rows) {
    console.log(`${name.padEnd(10)} ${version.padEnd(14)} ${outcome}`);
  }
  const count = (/** @type {Row["state"]} */ state) => rows.filter((row) => row.state === state).length;
  console.log(`\n${count("passed")} passed, ${count("failed")} failed, ${count("missing")} skipped`);
  // In CI a runtime that is missing is a job that tests nothing.
  const failed = count("failed") + (process.env["CI"] ? count("missing") : 0);
  process.exitCode = failed > 0 || count("passed") === 0 ? 1 : 0;
}

/** @returns {Promise<number>} a port that nobody listens on */
function closedPort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
