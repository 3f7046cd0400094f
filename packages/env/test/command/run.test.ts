import { describe, expect, test } from "vitest";
import { nodeUnderTest } from "../node-under-test.ts";
import { buildCommand, startCommands } from "./command-process.ts";

buildCommand();

/** Arguments that run a program of Node. */
const node = (program: string): string[] => ["--", nodeUnderTest, "-e", program];
const backwards = (name: string) => `[...process.env.${name} ?? "-"].reverse().join("")`;

test("the command has the secrets, and this process's variables", async () => {
  const { run } = await startCommands();
  const program = `console.log(${backwards("A")}, process.env.MINE, process.argv.length); process.exit(7)`;
  const { code, stdout, stderr } = await run(["run", ...node(program), "--", "--silent", "--", "*"], {
    extra: { MINE: "1" },
  });
  expect([code, stdout]).toEqual([7, "a-2retnuh 1 4\n"]);
  expect(stderr).toMatch(
    /^infisical-env: 3 variables from project [\w-]+, environment dev, \/ of \S+ \(\d+ ms\)\n$/,
  );
});

test("arguments reach the command unchanged, without a shell", async () => {
  const { run } = await startCommands();
  const args = ["$(id)", "a b", "'", '"', "", "*", "\\", "--help", "é\n"];
  const { stdout } = await run([
    "run",
    "--silent",
    ...node("console.log(JSON.stringify(process.argv.slice(1)))"),
    "--",
    ...args,
  ]);
  expect(JSON.parse(stdout)).toEqual(args);
});

test.each([
  ["keeps a variable that exists", [], "mine"],
  ["with --override, does not", ["--override"], "a-2retnuh"],
])("%s", async (_, options, expected) => {
  const { run } = await startCommands();
  const program = `console.log(process.env.A === "mine" ? "mine" : ${backwards("A")})`;
  const { stdout } = await run(["run", ...options, ...node(program)], { extra: { A: "mine" } });
  expect(stdout).toBe(`${expected}\n`);
});

test("of several folders, the last with a name counts", async () => {
  const { run } = await startCommands();
  const program = `console.log(${backwards("A")}, ${backwards("APP")}, process.env.B.length)`;
  const { stdout } = await run(["run", "--secret-path", "/", "--secret-path=/app", ...node(program)]);
  expect(stdout).toBe("ppa-fo-2retnuh ppa-2retnuh 22\n");
});

describe("how the command ends", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "a command that %s has ended ends this one by it",
    async (signal) => {
      const { run } = await startCommands();
      const ended = await run([
        "run",
        ...node(`process.kill(process.pid, "${signal}"); setInterval(() => {}, 1000)`),
      ]);
      expect([ended.code, ended.signal]).toEqual([null, signal]);
    },
  );

  test("after a crash by another signal, the exit code is a shell's", async () => {
    const { run } = await startCommands();
    const ended = await run([
      "run",
      ...node(`process.kill(process.pid, "SIGUSR2"); setInterval(() => {}, 1000)`),
    ]);
    expect([ended.code, ended.signal]).toEqual([140, null]);
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR2"] as const)(
    "%s is passed on",
    async (signal) => {
      const { begin } = await startCommands();
      const program = `process.on("${signal}", () => { console.log("got it"); process.exit(3); }); console.log("ready"); setInterval(() => {}, 1000);`;
      const { child, finished, printed } = begin(["run", ...node(program)]);
      await printed("ready");
      child.kill(signal);
      expect(await finished).toMatchObject({ code: 3, signal: null, stdout: "ready\ngot it\n" });
    },
  );

  test("a command that ignores SIGTERM is left running, and gets the next signal", async () => {
    const { begin } = await startCommands();
    const program = `process.on("SIGTERM", () => console.log("ignored")); process.on("SIGINT", () => process.exit(4)); console.log("ready"); setInterval(() => {}, 1000);`;
    const { child, finished, printed } = begin(["run", ...node(program)]);
    await printed("ready");
    child.kill("SIGTERM");
    await printed("ignored");
    child.kill("SIGTERM");
    await printed("ignored", 2);
    child.kill("SIGINT");
    expect(await finished).toMatchObject({ code: 4, signal: null });
  });

  test("a command that does not exist is 127, with a cure", async () => {
    const { run } = await startCommands();
    const { code, stderr } = await run(["run", "--silent", "--", "no-such-command"]);
    expect(code).toBe(127);
    expect(stderr).toBe(
      "infisical-env: no-such-command was not found: check its spelling, and whether PATH has its folder; node_modules/.bin is there in npm scripts\n",
    );
  });

  test("a file that cannot be run is 126", async () => {
    const { run, write } = await startCommands();
    await write("program", "");
    const { code, stderr } = await run(["run", "--silent", "--", "./program"]);
    expect([code, stderr]).toEqual([126, "infisical-env: ./program cannot be run: permission denied\n"]);
  });

  test("variables that are too large for the platform are 126", async () => {
    const { run } = await startCommands({ values: { LARGE: "hunter2".repeat(40_000) } });
    const { code, stderr } = await run(["run", "--silent", ...node("")]);
    expect(code).toBe(126);
    expect(stderr).toContain("larger than this platform allows");
  });
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s while secrets are waited for ends it, and starts nothing",
  async (signal) => {
    const { begin, server } = await startCommands();
    server.fail({ method: "GET" }, { delay: 60_000 });
    const { child, finished } = begin(["run", ...node("console.log('started')")]);
    await expect.poll(() => server.requests.some(({ method }) => method === "POST")).toBe(true);
    child.kill(signal);
    expect(await finished).toEqual({ code: null, signal, stdout: "", stderr: "" });
  },
);

test("nothing is started if the secrets cannot be read", async () => {
  const { run, server } = await startCommands();
  server.fail(
    { method: "GET" },
    { status: 403, body: { statusCode: 403, error: "PermissionDenied", message: "no" } },
  );
  const { code, stdout, stderr } = await run(["run", ...node("console.log('started')")]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^infisical-env: .+\n$/);
});
