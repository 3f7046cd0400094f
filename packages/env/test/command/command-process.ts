import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { secrets } from "@infisical/secrets";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { start } from "#test-kit";
import { nodeUnderTest } from "../node-under-test.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
let installed = "";

/** Builds the command into a folder of its own for the tests of a file. */
export function buildCommand(): void {
  beforeAll(async () => {
    installed = await mkdtemp(join(tmpdir(), "infisical-env-"));
    await build({
      entryPoints: [join(root, "packages/env/src/cli.ts")],
      outfile: join(installed, "dist/cli.js"),
      bundle: true,
      platform: "node",
      format: "esm",
      tsconfig: join(root, "tsconfig.json"),
      external: ["jiti", "@aws-sdk/credential-providers"],
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "error",
    });
    await cp(join(root, "packages/env/package.json"), join(installed, "package.json"));
  });
  afterAll(() => rm(installed, { recursive: true }));
}

/** What a process has printed, and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when it has printed something for the `count`th time. */
  printed(text: string, count?: number): Promise<void>;
}

/** Values that no output shows. */
export const hidden = { A: "hunter2-a", B: "hunter2-b\nof two lines", PASSWORD: "hunter2-'$(id)'" };

/** A server with secrets, and processes of the command that know where it is and who they are. */
export async function startCommands({ values = hidden }: { readonly values?: Record<string, string> } = {}) {
  const { server, siteUrl, projectId } = await start({
    plugins: [secrets()],
    server: {
      projects: [
        {
          name: "Shop",
          slug: "shop",
          environments: [{ name: "dev", slug: "dev" }],
          secrets: { dev: { "/": values, "/app": { A: "hunter2-of-app", APP: "hunter2-app" } } },
        },
      ],
      identities: [
        {
          name: "ci",
          organizationRole: "admin",
          projectRoles: { shop: "admin" },
          universalAuth: { lockout: false },
        },
      ],
    },
  });
  const folder = await mkdtemp(join(tmpdir(), "infisical-env-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const variables: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
    INFISICAL_PROJECT_ID: projectId,
    INFISICAL_ENVIRONMENT: "dev",
  };

  /** Starts the command. */
  function begin(
    args: readonly string[],
    { without = [], extra = {}, through = [], shows = false }: BeginOptions = {},
  ): Running {
    const env = Object.fromEntries(
      Object.entries({ ...variables, ...extra }).filter(([name]) => !without.includes(name)),
    );
    const [file = "", ...rest] = [...through, nodeUnderTest, join(installed, "dist/cli.js"), ...args];
    const child = spawn(file, rest, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const text = { stdout: "", stderr: "" };
    const waiting = new Set<() => void>();
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (part: string) => {
        text[name] += part;
        for (const check of waiting) check();
      });
    }
    onTestFinished(() => void child.kill("SIGKILL"));
    const finished = new Promise<Finished>((resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal, ...text }));
    });
    const both = () => text.stdout + text.stderr;
    onTestFinished(() => {
      expect(both()).not.toMatch(/eyJ[\w-]{8}/);
      expect(both()).not.toContain(clientSecret);
      if (!shows) expect(both()).not.toContain("hunter2");
    });
    const printed = (wanted: string, count = 1) =>
      new Promise<void>((resolve, reject) => {
        const check = (): void => {
          if (both().split(wanted).length <= count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
        finished.then(() => reject(new Error(`It ended without printing ${wanted}: ${both()}`)));
      });
    return { child, finished, printed };
  }

  return {
    server,
    folder,
    projectId,
    begin,
    /** Runs the command to its end. */
    run: (args: readonly string[], options?: BeginOptions) => begin(args, options).finished,
    /** Writes a file into the folder in which the command runs. */
    write: (name: string, content: string) => writeFile(join(folder, name), content),
  };
}

/** How a process is started. */
export interface BeginOptions {
  readonly without?: readonly string[];
  readonly extra?: Readonly<Record<string, string>>;
  /** A program that starts it, with its arguments. */
  readonly through?: readonly string[];
  /** Whether it is supposed to print values. */
  readonly shows?: boolean;
}
