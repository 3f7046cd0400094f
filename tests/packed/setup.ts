import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { installWithNpm, installWithPnpm } from "../../scripts/install-packed.mjs";
import { packPackages } from "../../scripts/pack.mjs";
import { pnpm } from "../../scripts/pnpm.mjs";

const fixtures = fileURLToPath(new URL("../consumers/fixtures", import.meta.url));

/** Builds, packs and installs once for all tests of packed packages. */
export function setup({ provide }: TestProject): () => void {
  if (!pnpm(["exec", "turbo", "run", "build"], { quiet: true })) throw new Error("The build failed.");
  const folder = mkdtempSync(join(tmpdir(), "infisical-packed-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  const packages = packPackages(tarballs);
  const [project, strictProject] = [join(folder, "npm"), join(folder, "pnpm")];
  installWithNpm(project, packages);
  installWithPnpm(strictProject, packages);
  for (const each of [project, strictProject]) cpSync(fixtures, join(each, "src"), { recursive: true });
  provide("packed", { project, strictProject, packages });
  return () => rmSync(folder, { recursive: true });
}
