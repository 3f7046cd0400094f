import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import { buildModules } from "../build-modules.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));

/**
 * Builds a page that shows one example by the component of the site.
 *
 * @param {(modules: Record<string, string>) => { code: string, file: string, line: number }[]} choose
 *   gives the examples, told what they can import
 * @returns {Promise<string>} the folder of the page
 */
export async function buildHarness(choose) {
  const { modules } = await buildModules();
  mkdirSync(`${folder}generated`, { recursive: true });
  writeFileSync(`${folder}generated/examples.json`, JSON.stringify(choose(modules)));
  const outDir = `${folder}generated/page`;
  await build({
    root: folder,
    base: "./",
    configFile: false,
    logLevel: "warn",
    plugins: [vue()],
    build: { outDir, emptyOutDir: true, target: "es2022", modulePreload: false, chunkSizeWarningLimit: 2000 },
  });
  return outDir;
}
