import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameworks, makeApplications } from "./applications.mjs";
import { testFramework } from "./test-framework.mjs";

const total = { passed: 0, failed: 0 };
// With a space, as folders of users have.
const folder = mkdtempSync(join(tmpdir(), "infisical frameworks "));
try {
  makeApplications(folder);
  for (const framework of frameworks) {
    const application = join(folder, framework.folder);
    const manifest = readFileSync(join(application, "node_modules", framework.name, "package.json"), "utf8");
    const { version } = JSON.parse(manifest);
    await timed(`${framework.name} ${version}`, () => testFramework(application, framework, check));
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * @param {string} name
 * @param {() => Promise<void>} run
 */
async function timed(name, run) {
  console.log(`\n── ${name}`);
  const start = Date.now();
  // What breaks off must not look like what passed.
  await run().catch((error) => check("runs to its end", () => Promise.reject(error)));
  console.log(`   ${Math.round((Date.now() - start) / 1000)} s`);
}

/**
 * Runs one check and counts it.
 *
 * @param {string} name
 * @param {() => unknown} run
 */
async function check(name, run) {
  try {
    await run();
    total.passed += 1;
    console.log(`   passed: ${name}`);
  } catch (error) {
    total.failed += 1;
    console.error(`   FAILED: ${name}\n${error instanceof Error ? error.message : error}`);
  }
}
