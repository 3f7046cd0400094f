import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "dotenv";
import { describe, expect, test } from "vitest";
import { buildCommand, hidden, startCommands } from "./command-process.ts";

buildCommand();

describe("export", () => {
  const shows = { shows: true };

  test("writes the secrets, whatever the variables of this process are", async () => {
    const { run } = await startCommands();
    const { code, stdout, stderr } = await run(["export", "--format", "json", "--silent"], {
      ...shows,
      extra: { A: "mine" },
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual(hidden);
  });

  test("writes a file that only its owner can read, as a whole", async () => {
    const { run, folder, write } = await startCommands();
    await write(".env", "OLD=1\n");
    await chmod(join(folder, ".env"), 0o644);
    const { code, stdout } = await run(["export", "--format", "dotenv", "--out", ".env"]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(parse(await readFile(join(folder, ".env"), "utf8"))).toEqual(hidden);
    if (process.platform !== "win32") expect((await stat(join(folder, ".env"))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual([".env"]);
  });

  test("writes through a link", async () => {
    const { run, folder } = await startCommands();
    await mkdir(join(folder, "elsewhere"));
    await symlink("elsewhere", join(folder, "link"));
    await run(["export", "--format", "json", "--out", "link/secrets.json"]);
    await symlink("elsewhere/secrets.json", join(folder, "secrets.json"));
    await run(["export", "--format", "dotenv", "--out", "secrets.json"]);
    expect(parse(await readFile(join(folder, "elsewhere/secrets.json"), "utf8"))).toEqual(hidden);
    expect((await readdir(folder)).sort()).toEqual(["elsewhere", "link", "secrets.json"]);
  });

  // A pipe of its own: if the guard fails, no device of the machine is lost.
  test.skipIf(process.platform === "win32")("writes to a pipe without replacing it", async () => {
    const { begin, folder } = await startCommands();
    const pipe = join(folder, "pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const { finished } = begin(["export", "--format", "json", "--out", "pipe"]);
    const reading = readFile(pipe, "utf8");
    expect(await finished).toMatchObject({ code: 0 });
    expect((await stat(pipe)).isFIFO()).toBe(true);
    expect(JSON.parse(await reading)).toEqual(hidden);
  });

  test.each([
    ["nowhere/.env", "its folder does not exist"],
    [".", "it is a folder"],
  ])("says why it cannot write %s", async (out, reason) => {
    const { run } = await startCommands();
    const { code, stderr } = await run(["export", "--format", "json", "--out", out, "--silent"]);
    expect([code, stderr]).toEqual([1, `infisical-env: --out cannot be written: ${reason}, got "${out}".\n`]);
  });

  test("names what a format cannot hold, and leaves the file as it is", async () => {
    const { run, folder, write } = await startCommands();
    await write("variables", "OLD=1\n");
    const { code, stderr } = await run(["export", "--format", "docker", "--out", "variables", "--silent"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^infisical-env: format docker cannot hold the values of B\. /);
    expect(await readFile(join(folder, "variables"), "utf8")).toBe("OLD=1\n");
  });

  test("ends quietly if its reader leaves", async () => {
    const { begin } = await startCommands({ values: { A: `hunter2${"x".repeat(1_000_000)}` } });
    const { child, finished } = begin(["export", "--format", "json", "--silent"], shows);
    child.stdout?.destroy();
    expect(await finished).toMatchObject({ signal: null, stderr: "" });
  });

  const python = spawnSync("python3", ["-c", "import pty"]).status === 0;
  const terminal = ["python3", "-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"];

  test.skipIf(!python)("does not show values on a terminal", async () => {
    const { run } = await startCommands();
    const { code, stdout } = await run(["export", "--format", "json"], { through: terminal });
    expect(code).toBe(2);
    expect(stdout).toContain("export does not show values on a terminal: add --out FILE, or --reveal.");
  });

  test.skipIf(!python)("does with --reveal", async () => {
    const { run } = await startCommands();
    const { code, stdout } = await run(["export", "--format", "json", "--reveal"], {
      ...shows,
      through: terminal,
    });
    expect(code).toBe(0);
    expect(stdout).toContain(hidden.A);
  });

  test.skipIf(!python)(
    "on a terminal, a line is shown while the server is waited for, and removed",
    async () => {
      const { begin, server } = await startCommands();
      server.fail({ method: "GET" }, { delay: 700 });
      const { printed, finished } = begin(["check"], { through: terminal });
      await printed("infisical-env: reading secrets ...");
      await printed("\r\x1b[K");
      expect(await finished).toMatchObject({ code: 0 });
    },
  );
});

test.each([
  ["--silent", ["--silent"], {}],
  ["INFISICAL_LOG=silent", [], { INFISICAL_LOG: "silent" }],
])("with %s, nothing but failures is said", async (_, options, extra) => {
  const { run } = await startCommands();
  expect(await run(["check", ...options], { extra })).toMatchObject({ code: 0, stdout: "", stderr: "" });
  const { stderr } = await run(["check", "--secret-path", "/nowhere", ...options], { extra });
  expect(stderr).toMatch(/^infisical-env: .+\n$/);
});

describe("print", () => {
  test("prints the names only", async () => {
    const { run } = await startCommands();
    expect(await run(["print", "--names", "--silent"])).toEqual({
      code: 0,
      signal: null,
      stdout: "A\nB\nPASSWORD\n",
      stderr: "",
    });
  });
});

describe("check", () => {
  test("says how many there are, and what was skipped", async () => {
    const { run } = await startCommands({
      values: { A: "hunter2", NODE_OPTIONS: "--hunter2", "my-name": "hunter2" },
    });
    const { code, stdout, stderr } = await run(["check"], { extra: { A: "mine" } });
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr.replace(/from project .* \(/, "from … (").replace(/\d+ ms/, "… ms")).toBe(
      "infisical-env: 1 variable from … (1 kept as they were, 2 skipped, … ms)\n" +
        "infisical-env: skipped what would steer the process; to accept it: --allow NODE_OPTIONS\n" +
        "infisical-env: there is no schema to check against\n",
    );
  });
});

describe("types", () => {
  const config = (fields: string) =>
    `const of = (output) => ({ "~standard": { version: 1, vendor: "own", validate: (value) => (value === undefined ? output : { value }) } });
     export default { schema: { ${fields} } };`;
  const required = 'of({ issues: [{ message: "missing" }] })';

  test("writes the names on the server, and finds what has drifted", async () => {
    const { run, folder, server } = await startCommands();
    expect(await run(["types"])).toMatchObject({ code: 0, stdout: "" });
    const file = join(folder, "infisical-env.d.ts");
    const text = await readFile(file, "utf8");
    expect(text).toContain("    A: string;\n    B: string;\n    PASSWORD: string;\n");
    expect(await run(["types", "--check"])).toMatchObject({ code: 0, stdout: "" });
    const before = await stat(file);
    expect((await run(["types"])).stderr).toContain("infisical-env.d.ts is up to date\n");
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);

    server.secrets.set({ environment: "dev", key: "NEW", value: "hunter2" });
    server.secrets.delete({ environment: "dev", key: "A" });
    const { code, stdout, stderr } = await run(["types", "--check"]);
    expect([code, stdout]).toEqual([1, "A is declared, and does not exist\nNEW is missing\n"]);
    expect(stderr).toContain("infisical-env.d.ts is not up to date; infisical-env types writes it anew\n");
    expect(await readFile(file, "utf8")).toBe(text);
  });

  test("needs no server if a schema tells the names", async () => {
    const { run, folder, server, write } = await startCommands();
    await write(
      "infisical.config.mjs",
      config(`URL: ${required}, PORT: of({ value: 1 }), MAYBE: of({ value: undefined })`),
    );
    expect(await run(["types", "--out", "env.d.ts", "--import-meta"])).toMatchObject({ code: 0 });
    expect(server.requests).toEqual([]);
    const text = await readFile(join(folder, "env.d.ts"), "utf8");
    expect(text).toContain("    MAYBE?: string;\n    PORT: string;\n    URL: string;\n");
    expect(text).toContain("  readonly MAYBE?: string;\n  readonly PORT: string;\n  readonly URL: string;\n");
    await write("infisical.config.mjs", config(`URL: of({ value: undefined })`));
    expect((await run(["types", "--out", "env.d.ts", "--import-meta", "--check"])).stdout).toBe(
      "MAYBE is declared, and does not exist\nPORT is declared, and does not exist\n" +
        "URL can be missing, and is declared as always set\n",
    );
  });

  test("--check of a file that does not exist says what writes it", async () => {
    const { run, folder } = await startCommands();
    await rm(join(folder, "infisical-env.d.ts"), { force: true });
    const { code, stderr } = await run(["types", "--check", "--silent"]);
    expect([code, stderr]).toEqual([
      1,
      'infisical-env: --out does not exist; infisical-env types writes it, got "infisical-env.d.ts".\n',
    ]);
  });
});
