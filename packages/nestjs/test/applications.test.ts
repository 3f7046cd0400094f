import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
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
    const name = format === "esm" ? "application.mjs" : "application.cjs";
    for (const folder of folders.values()) await writeFile(join(folder, name), outputFiles[0]?.text ?? "");
  }
});

afterAll(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true });
});

/** Starts a server, and the application as a process that is told of it. */
async function startProcess(version: number, args: readonly string[], changes: Record<string, string> = {}) {
  const { server, siteUrl, projectId } = await startServer();
  const { clientId, clientSecret } = server.credentials();
  const child = spawn(process.execPath, args, {
    cwd: folders.get(version),
    env: {
      PATH: process.env["PATH"] ?? "",
      NO_COLOR: "1",
      INFISICAL_SITE_URL: siteUrl,
      INFISICAL_PROJECT_ID: projectId,
      INFISICAL_ENVIRONMENT: "dev",
      INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
      ...changes,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close");
  let printed = "";
  const read = (text: string): void => {
    printed += text;
  };
  child.stdout.setEncoding("utf8").on("data", read);
  child.stderr.setEncoding("utf8").on("data", read);
  onTestFinished(() => {
    for (const text of [clientSecret, secrets.API_KEY]) expect(printed).not.toContain(text);
  });
  /** Waits until it listens; returns a function that asks it. */
  const listening = async () => {
    await expect.poll(() => printed).toMatch(/listening on http:\S+\n/);
    const [, url] = /listening on (http:\S+)/.exec(printed) ?? [];
    return async (path: string): Promise<unknown> => (await fetch(new URL(path, url))).json();
  };
  return { server, child, ended, listening, printed: () => printed };
}

/** A process that loads Nest takes its time on a busy machine. */
// On Windows, a signal ends a process without asking it.
test.skipIf(process.platform === "win32").each([
  [12, "application.mjs"],
  [12, "application.cjs"],
  [11, "application.cjs"],
])("an application of Nest %d starts, serves and ends by a signal: %s", async (version, file) => {
  const { server, child, ended, listening, printed } = await startProcess(version, [file]);
  const get = await listening();
  expect(await get("/")).toEqual({ port: 8080, isSame: true, hasTwo: true });
  expect(await get("/health")).toMatchObject({ status: "ok", info: { infisical: { status: "up" } } });
  expect(await get("/lease")).toEqual({ leaseId: server.leases.list()[0]?.id });
  child.kill("SIGTERM");
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect(server.leases.list()).toEqual([]);
  expect(server.requests.filter(({ path }) => path.endsWith("/token/revoke"))).toHaveLength(2);
  expect(printed()).toContain("Nest application successfully started");
  expect(printed()).not.toMatch(/WARN|ERROR/);
});

test("an application of Nest 11 is tested with another client in the place of its own, in ESM", async () => {
  const { ended, printed } = await startProcess(11, ["application.mjs", "--test"]);
  expect(await ended).toEqual([0, null]);
  expect(printed()).toContain('answered {"port":8080,"isSame":false,"hasTwo":true}');
});

test("an application that cannot log in does not start, and says why", async () => {
  const changes = { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "" };
  const { ended, printed } = await startProcess(12, ["application.mjs"], changes);
  expect(await ended).toEqual([1, null]);
  expect(printed()).toMatch(/ERROR \[ExceptionHandler\] InfisicalSDKError: .*INFISICAL_/);
  expect(printed()).not.toContain("listening");
});
