import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeApplication, prepareForCacheComponents } from "./application.mjs";
import { checkSearch } from "./check-search.mjs";
import { buildNext } from "./next-process.mjs";
import { testVariant } from "./test-variant.mjs";

/** @type {readonly import("./test-variant.mjs").Variant[]} */
const variants = [
  // First, since it shows that there is something to find.
  { name: "the platform's fetch, as it is", transport: "fetch" },
  { name: "the default transport", transport: "default" },
  { name: "the default transport, by webpack", transport: "default", flags: ["--webpack"] },
  { name: "kyTransport", transport: "ky" },
  // Last, since parts of the application are left out for it.
  { name: "Cache Components", transport: "default", cacheComponents: true },
];

const total = { passed: 0, failed: 0 };
// With a space, as folders of users have.
const folder = mkdtempSync(join(tmpdir(), "infisical next "));
try {
  await check("the search finds every form", () => checkSearch(folder));
  const application = makeApplication(folder);
  const manifest = readFileSync(join(application, "node_modules", "next", "package.json"), "utf8");
  const { version } = JSON.parse(manifest);
  for (const variant of variants) {
    if (variant.cacheComponents) prepareForCacheComponents(application);
    await timed(`Next.js ${version}, ${variant.name}`, () => testVariant(application, variant, check));
  }
  await timed(`Next.js ${version}, without credentials`, () => testWithoutCredentials(application));
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** Builds where the variables are not set, as in an image's build. */
async function testWithoutCredentials(/** @type {string} */ application) {
  const { code, output } = await buildNext({ application, variables: {} }, []);
  await check("builds", () => assert.equal(code, 0, output));
}

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
