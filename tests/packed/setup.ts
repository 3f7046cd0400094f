import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { type PackedPackage, packPackages } from "../../scripts/pack.mjs";
import { pnpm, pnpmOutput } from "../../scripts/pnpm.mjs";

const fixtures = fileURLToPath(new URL("../consumers/fixtures", import.meta.url));

/** Builds, packs and installs once for all tests of packed packages. */
export function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "infisical-packed-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  if (!pnpm(["exec", "turbo", "run", "build"], { quiet: true })) throw new Error("The build failed.");
  const packages = packPackages(tarballs);
  const project = installWithNpm(join(folder, "npm"), packages);
  const strictProject = installWithPnpm(join(folder, "pnpm"), packages);
  provide("packed", { project, strictProject, packages });
  return () => rmSync(folder, { recursive: true });
}

function installWithNpm(project: string, packages: readonly PackedPackage[]): string {
  const overrides = Object.fromEntries(packages.map(({ name }) => [name, `$${name}`]));
  writeProject(project, { dependencies: tarballsOf(packages), overrides });
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  execFileSync("npm", ["install", ...options], { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
  return project;
}

function installWithPnpm(project: string, packages: readonly PackedPackage[]): string {
  const dependencies = tarballsOf(packages);
  writeProject(project, { dependencies });
  const overrides = Object.entries(dependencies).map(([name, file]) => `  "${name}": "${file}"\n`);
  const settings = `overrides:\n${overrides.join("")}strictPeerDependencies: true\npmOnFail: ignore\n`;
  writeFileSync(join(project, "pnpm-workspace.yaml"), settings);
  pnpmOutput(["install", "--ignore-scripts", "--prefer-offline"], { cwd: project });
  return project;
}

function writeProject(project: string, manifest: object): void {
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, ...manifest }, undefined, 2));
  cpSync(fixtures, join(project, "src"), { recursive: true });
}

function tarballsOf(packages: readonly PackedPackage[]): Record<string, string> {
  return Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
}
