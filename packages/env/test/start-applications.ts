import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { start } from "#test-kit";
import { nodeUnderTest } from "./node-under-test.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));

/** Where the sources of each entry are, for esbuild. */
const alias: Record<string, string> = Object.fromEntries(
  Object.entries<string[]>(compilerOptions.paths).map(([name, [source = ""]]) => [name, join(root, source)]),
);

let built = "";

/** Builds the preload from its sources, for all tests of a file: call it at the beginning of the file. */
export function buildPreload(): void {
  beforeAll(async () => {
    built = await mkdtemp(join(tmpdir(), "infisical-preload-"));
    await build({
      entryPoints: {
        preload: alias["@infisical/env/preload"] ?? "",
        index: alias["@infisical/env"] ?? "",
        cli: join(root, "packages/env/src/cli.ts"),
      },
      outdir: built,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      target: "node20",
      alias,
      external: ["jiti"],
      // What is bundled as CommonJS asks for modules of Node by `require`.
      banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    });
    await symlink(join(root, "packages/env/node_modules"), join(built, "node_modules"));
  });
  afterAll(() => rm(built, { recursive: true }));
}

/** How a program is started. */
export interface RunOptions {
  /** Further variables; `undefined` removes one. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Arguments of Node before the program. */
  readonly args?: readonly string[];
  /** The program's name. */
  readonly program?: string;
  /** Whether there is a preload at all. */
  readonly withPreload?: boolean;
  /** Arguments of `infisical-env`, which then starts the program. */
  readonly through?: readonly string[];
  /** Whether NODE_OPTIONS has the preload, instead of the arguments. */
  readonly throughOptions?: boolean;
}

/** What a program came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a server with secrets, and a folder with programs; each is run with the preload. */
export async function startApplications(
  secrets: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) {
  const { server, siteUrl, projectId } = await start();
  for (const [key, value] of Object.entries(secrets)) server.secrets.set({ environment: "dev", key, value });
  const folder = await mkdtemp(join(tmpdir(), "infisical-env-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  await symlink(join(root, "packages/env/node_modules"), join(folder, "node_modules"));
  const [preload, cli] = [join(built, "preload.mjs"), join(built, "cli.mjs")];
  const { clientId, clientSecret } = server.credentials();
  const variables: Record<string, string | undefined> = {
    PATH: process.env["PATH"],
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_PROJECT_ID: projectId,
    INFISICAL_ENVIRONMENT: "dev",
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  };
  /** Every text that nothing but the program's own output may contain. */
  const forbidden = () => [...Object.values(secrets).filter((value) => value.length > 7), clientSecret];

  async function run(options: RunOptions = {}): Promise<Ended> {
    const { args = [], program = "app.mjs", through, throughOptions = false, withPreload = true } = options;
    const env = { ...variables, ...options.variables };
    const flags = throughOptions || !withPreload ? [] : ["--import", preload];
    if (throughOptions) env["NODE_OPTIONS"] = `--import ${preload}`;
    const command = [nodeUnderTest, ...args, ...flags, program];
    const [file = "", ...rest] = through ? [nodeUnderTest, cli, ...through, "--", ...command] : command;
    const child = spawn(file, rest, {
      cwd: folder,
      env: Object.fromEntries(
        Object.entries(env).filter(([, value]) => value !== undefined),
      ) as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    const [code] = await once(child, "close");
    for (const text of forbidden()) expect(stderr).not.toContain(text);
    for (const name of Object.keys(secrets).filter((name) => name.length > 7))
      expect(stderr).not.toContain(name);
    return { code, stdout, stderr };
  }
  const logins = () => server.requests.filter(({ path }) => path.endsWith("/login")).length;
  return { server, siteUrl, projectId, folder, write, run, logins, preload };
}
