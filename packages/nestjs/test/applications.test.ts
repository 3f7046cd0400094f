import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { secrets, startServer } from "./start-module.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));

/** Where the packages of Nest are, by its major version. */
const nest = { 11: "packages/nestjs/test/nest-11/node_modules", 12: "packages/nestjs/node_modules" } as const;
const versions = Object.keys(nest).map(Number) as (keyof typeof nest)[];

/** What a CommonJS package that is bundled into an ESM file calls. */
const banner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

const folders = new Map<number, string>();

beforeAll(async () => {
  for (const version of versions) {
    const folder = await mkdtemp(join(tmpdir(), `infisical-nest-${version}-`));
    await symlink(join(root, nest[version]), join(folder, "node_modules"), "junction");
    folders.set(version, folder);
  }
  for (const format of ["esm", "cjs"] as const) {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("application.ts", import.meta.url))],
      bundle: true,
      write: false,
      platform: "node",
      format,
      target: "node20",
      alias: Object.fromEntries(
        Object.entries<string[]>(compilerOptions.paths).map(([name, [source = ""]]) => [
          name,
          join(root, source),
        ]),
      ),
      external: ["@nestjs/*", "jiti", "reflect-metadata", "rxjs"],
      banner: format === "esm" ? { js: banner } : {},
    });
    const { writeFile } = await import("node:fs/promises");
    const name = format === "esm" ? "application.mjs" : "application.cjs";
    for (const folder of folders.values()) await writeFile(join(folder, name), outputFiles[0]?.text ?? "");
  }
});

afterAll(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true });
});

/** Starts the application as a process, and waits until it listens. */
async function startApplication(version: number, file: string, variables: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [file], {
    cwd: folders.get(version),
    env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  const ended = once(child, "close");
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: string): void => {
      printed += text;
      const [, found] = /listening on (http:\S+)\n/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.setEncoding("utf8").on("data", read);
    child.stderr?.setEncoding("utf8").on("data", read);
    ended.then(() => reject(new Error(`It ended early:\n${printed}`)));
  });
  const get = async (path: string): Promise<unknown> => (await fetch(new URL(path, url))).json();
  return { child, ended, get, printed: () => printed };
}

// On Windows, a signal ends a process without asking it.
const onSignals = process.platform === "win32" ? describe.skip : describe;

onSignals.each(versions)("an application of Nest %d", (version) => {
  test.each(["application.mjs", "application.cjs"])("starts, serves and ends: %s", async (file) => {
    const { server, siteUrl, projectId } = await startServer();
    const { clientId, clientSecret } = server.credentials();
    const { child, ended, get, printed } = await startApplication(version, file, {
      INFISICAL_SITE_URL: siteUrl,
      INFISICAL_PROJECT_ID: projectId,
      INFISICAL_ENVIRONMENT: "dev",
      INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
    });
    expect(await get("/")).toEqual({ port: 8080, isSame: true, hasTwo: true });
    expect(await get("/health")).toMatchObject({ status: "ok", info: { infisical: { status: "up" } } });
    expect(await get("/lease")).toEqual({ leaseId: server.leases.list()[0]?.id });
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
    expect(server.leases.list()).toEqual([]);
    expect(server.requests.filter(({ path }) => path.endsWith("/token/revoke"))).toHaveLength(2);
    for (const text of [clientSecret, secrets.API_KEY]) expect(printed()).not.toContain(text);
    expect(printed()).toContain("Nest application successfully started");
    expect(printed()).not.toMatch(/WARN|ERROR/);
  });

  test("does not start without its login, and says why in one line of ours", async () => {
    const { siteUrl, projectId } = await startServer();
    const variables = { INFISICAL_SITE_URL: siteUrl, INFISICAL_PROJECT_ID: projectId };
    const start = startApplication(version, "application.mjs", {
      ...variables,
      INFISICAL_ENVIRONMENT: "dev",
    });
    await expect(start).rejects.toThrow(/InfisicalSDKError: .*INFISICAL_/);
  });
});
