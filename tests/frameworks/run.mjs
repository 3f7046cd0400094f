import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameworks, makeApplications, next } from "./applications.mjs";
import { testFramework } from "./test-framework.mjs";
import { testNext } from "./test-next.mjs";

/** Part of a framework's name, to test only that one. */
const [only = ""] = process.argv.slice(2);

const total = { passed: 0, failed: 0 };
// With a space, as folders of users have.
const folder = mkdtempSync(join(tmpdir(), "infisical frameworks "));
try {
  makeApplications(folder);
  for (const framework of frameworks) await timed(framework, (path) => testFramework(path, framework, check));
  await timed(next, (path) => testNext(path, check));
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * @param {{ readonly name: string, readonly folder: string }} framework
 * @param {(application: string) => Promise<void>} run
 */
async function timed(framework, run) {
  if (!framework.name.includes(only)) return;
  const application = join(folder, framework.folder);
  const manifest = readFileSync(join(application, "node_modules", framework.name, "package.json"), "utf8");
  console.log(`\n── ${framework.name} ${JSON.parse(manifest).version}`);
  const start = Date.now();
  // What breaks off must not look like what passed.
  await run(application).catch((error) => check("runs to its end", () => Promise.reject(error)));
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
