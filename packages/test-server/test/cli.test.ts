import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rawText } from "../../../scripts/raw-text.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const command = join(root, "node_modules/.test-cli/cli.js");
const running: ChildProcess[] = [];
let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "test-server-"));
  await build({
    config: false,
    silent: true,
    entry: [join(root, "src/cli.ts")],
    outDir: join(root, "node_modules/.test-cli"),
    format: ["esm"],
    platform: "node",
    tsconfig: join(root, "tsconfig.json"),
    outExtension: () => ({ js: ".js" }),
    esbuildPlugins: [rawText()],
  });
  await writeFile(join(root, "node_modules/.test-cli/package.json"), '{ "type": "module" }');
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rm(directory, { recursive: true }));

interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  /** Resolves to the first output that matches. */
  saying(pattern: RegExp, stream?: "stdout" | "stderr"): Promise<RegExpExecArray>;
  exit(): Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const exited = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    output,
    exit: () => exited,
    saying: (pattern, stream = "stdout") =>
      expect
        .poll(() => pattern.exec(output[stream]))
        .not.toBeNull()
        .then(() => {
          const match = pattern.exec(output[stream]);
          if (!match) throw new Error("unreachable");
          return match;
        }),
  };
}

describe("infisical-test-server", () => {
  test("the command prints what it is and how to reach it, and shows requests without credentials", async () => {
    const { saying, output, child, exit } = run("--port", "0");
    await saying(/Ctrl-C/);
    expect(output.stdout).toContain("for tests, never for real secrets");
    const value = (name: string) => new RegExp(`^${name} +(\\S+)`, "m").exec(output.stdout)?.[1] ?? "";
    expect(value("projectId")).toMatch(/^[0-9a-f-]{36}$/);
    const [clientId, clientSecret] = [value("clientId"), value("clientSecret")];
    const login = await fetch(`${value("siteUrl")}/api/v1/auth/universal-auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret }),
    });
    expect(login.status).toBe(200);
    const { accessToken } = (await login.json()) as { accessToken: string };
    await saying(/^POST \/api\/v1\/auth\/universal-auth\/login 200$/m, "stderr");
    const query = `workspaceId=${value("projectId")}&environment=dev&search=a-value-of-the-query`;
    await fetch(`${value("siteUrl")}/api/v3/secrets/raw?${query}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    await saying(/^GET \/api\/v3\/secrets\/raw 200$/m, "stderr");
    for (const credential of [clientId, clientSecret, accessToken, "a-value-of-the-query"])
      expect(output.stderr).not.toContain(credential);
    child.kill("SIGINT");
    expect(await exit()).toBe(0);
  });

  test("the command prints exactly one line of JSON with --json, and stops on SIGTERM with open connections", async () => {
    const seed = fileURLToPath(new URL("./replay/fixtures/seed.json", import.meta.url));
    const { saying, output, child, exit } = run("--port", "0", "--json", "--seed", seed);
    await saying(/\n/);
    const { siteUrl, projects, identities } = JSON.parse(output.stdout);
    expect(projects).toEqual([{ id: expect.any(String), slug: "sdk-contract" }]);
    expect(identities).toHaveLength(11);
    expect(identities).toContainEqual({ name: "aws", identityId: expect.any(String) });
    expect((await fetch(`${siteUrl}/api/status`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await exit()).toBe(0);
    expect(output.stdout.trim().split("\n")).toHaveLength(1);
    expect(output.stderr).toBe("");
  });

  test("with --env, a shell and Node read the variables that it prints, whatever is in them", async () => {
    const seed = join(directory, "variables.json");
    const clientSecret = 'it\'s $HOME `id` "quoted"';
    await writeFile(
      seed,
      JSON.stringify({
        projects: [
          { name: "Shop", slug: "shop", environments: [{ name: "Staging", slug: "staging" }] },
          { name: "Other", slug: "other", environments: [{ name: "Dev", slug: "dev" }] },
        ],
        identities: [
          { name: "aws", awsAuth: { allowedAccountIds: ["123456789012"] } },
          { name: "ci", projectRoles: { shop: "admin" }, universalAuth: { clientSecret } },
        ],
      }),
    );
    const { saying, output } = run("--port", "0", "--env", "--seed", seed);
    await saying(/INFISICAL_ENVIRONMENT=.*\n/);
    const file = join(directory, "variables.env");
    await writeFile(file, output.stdout);
    const names = ["SITE_URL", "UNIVERSAL_AUTH_CLIENT_SECRET", "PROJECT_ID", "ENVIRONMENT"];
    const program = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env["INFISICAL_" + name])))`;
    const { stdout } = spawnSync(
      "sh",
      ["-c", 'set -a; . "$1"; exec "$2" -e "$3"', "sh", file, process.execPath, program],
      { encoding: "utf8", env: {} as NodeJS.ProcessEnv },
    );
    const [siteUrl, secret, projectId, environment] = JSON.parse(stdout);
    expect([secret, environment]).toEqual([clientSecret, "staging"]);
    expect(projectId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await fetch(`${siteUrl}/api/status`)).status).toBe(200);
    expect(output.stderr).toBe("");
  });

  test("with --write-env, Node reads the variables from a file that only its owner can read", async () => {
    const file = join(directory, "mein Büro.env");
    const { saying } = run("--port", "0", "--write-env", file);
    const [, siteUrl = ""] = await saying(/siteUrl +(\S+)[\s\S]*Press Ctrl-C/);
    const program = "console.log(process.env.INFISICAL_SITE_URL, process.env.INFISICAL_ENVIRONMENT)";
    const { stdout } = spawnSync(process.execPath, [`--env-file=${file}`, "-e", program], {
      encoding: "utf8",
      env: {} as NodeJS.ProcessEnv,
    });
    expect(stdout).toBe(`${siteUrl} dev\n`);
    if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("with --ui, the command prints the address of its page, which has all of its files", async () => {
    const { saying, child, exit } = run("--port", "0", "--ui", "--quiet");
    const [, address = ""] = await saying(/^page +(http:\/\/127\.0\.0\.1:\d+\/)$/m);
    const page = await (await fetch(address)).text();
    expect(page).toContain("<title>Infisical test server</title>");
    const files = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path);
    expect(files).toHaveLength(3);
    for (const file of files)
      expect((await (await fetch(new URL(`${file}`, address))).text()).length).toBeGreaterThan(0);
    child.kill("SIGTERM");
    expect(await exit()).toBe(0);
  });

  test("the line of JSON has the address of the page if there is one, and / is else a path as any other", async () => {
    const { saying } = run("--port", "0", "--ui", "--json");
    const [line] = await saying(/.*\n/);
    const { siteUrl, uiUrl } = JSON.parse(line);
    expect(uiUrl).toBe(`${siteUrl}/`);
    const without = run("--port", "0", "--json");
    const [other] = await without.saying(/.*\n/);
    expect(JSON.parse(other)).not.toHaveProperty("uiUrl");
    const response = await fetch(JSON.parse(other).siteUrl);
    expect([response.status, (await response.json()).message]).toEqual([404, "Route GET:/ not found"]);
  });

  test("the command prints its options", async () => {
    const { output, exit } = run("--help");
    expect(await exit()).toBe(0);
    for (const flag of ["--port", "--host", "--seed", "--ui", "--json", "--env", "--write-env"])
      expect(output.stdout).toContain(flag);
  });

  test("the command warns when it is reachable from other machines", async () => {
    const { saying } = run("--port", "0", "--host", "0.0.0.0");
    await saying(/warning: 0\.0\.0\.0 is reachable from other machines/, "stderr");
  });

  test("the command reports an error in one line, and exits with 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const file = async (name: string, text: string) => {
      await writeFile(join(directory, name), text);
      return join(directory, name);
    };
    const cases: [string[], string][] = [
      [["--nonsense"], "Unknown option '--nonsense'"],
      [["--port", "high"], "--port must be a number from 0 to 65535"],
      [["--port"], "Option '--port <value>' argument missing"],
      [["--host="], "--host must be an address"],
      [["--json=yes"], "Option '--json' does not take an argument"],
      [["--env", "--json"], "--env and --json exclude each other"],
      [["--write-env="], "--write-env must be a file"],
      [["--port", "0", "--write-env", join(directory, "nowhere", "x.env")], "--write-env: cannot write"],
      [["extra"], "Unexpected argument 'extra'"],
      [["--port", "70000"], "--port must be a number from 0 to 65535"],
      [["--port", String(port)], `Port ${port} on 127.0.0.1 is already in use`],
      [
        ["--ui", "--host", "0.0.0.0"],
        '--ui: --host must be a loopback address, got "0.0.0.0": the page shows secrets to whoever reaches it',
      ],
      [["--ui", "--host", "127.evil.test"], '--ui: --host must be a loopback address, got "127.evil.test"'],
      [["--ui", "--allow-host", "infisical"], '--ui: --allow-host must be empty, got "infisical"'],
      [["--host", "203.0.113.7"], "This machine has no address 203.0.113.7"],
      [["--seed", join(directory, "nowhere.json")], "cannot read the seed"],
      [["--seed", await file("text.json", "{ nope")], "is not JSON"],
      [
        ["--seed", await file("wrong.json", '{ "projects": [{ "name": "P", "slug": "p" }] }')],
        "wrong.json: projects[0].environments: Required",
      ],
      [["--seed", await file("list.json", "[]")], "list.json must be an object with projects, identities"],
      [["--seed", await file("other.json", '{ "onRequest": 1 }')], 'other.json: unknown field "onRequest"'],
      [
        [
          "--seed",
          await file(
            "number.json",
            '{ "projects": [{ "name": "P", "slug": "p", "environments": [{ "name": "d", "slug": "d" }], "secrets": { "d": { "/": { "KEY": 5 } } } }] }',
          ),
        ],
        'projects[0].secrets.d["/"].KEY: must be a string, or an object',
      ],
    ];
    const started = cases.map(([args, message]) => ({ message, ...run(...args) }));
    for (const { message, output, exit } of started) {
      expect(await exit()).toBe(1);
      expect(output.stderr).toContain(message);
      expect(output.stderr.trim().split("\n")).toHaveLength(1);
      expect(output.stdout).toBe("");
    }
    taken.close();
  });
});
