import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { onTestFinished } from "vitest";

/** Runs a program that can import the transport as "node-transport", in a separate process. */
export async function run(program: string, parameters: string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "node-transport-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "program.mjs");
  await writeFile(join(folder, "source.mjs"), program);
  await build({
    entryPoints: [join(folder, "source.mjs")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "node-transport": fileURLToPath(new URL("../../src/node.ts", import.meta.url)) },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...parameters], { timeout: 300_000 });
  return stdout.trim();
}
