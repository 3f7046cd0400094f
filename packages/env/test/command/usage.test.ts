import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildCommand, startCommands } from "./command-process.ts";

buildCommand();

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

test.each([["--version", `${version}\n`]])("%s", async (option, expected) => {
  const { run } = await startCommands();
  expect(await run([option], { without: ["INFISICAL_PROJECT_ID"] })).toMatchObject({
    code: 0,
    stdout: expected,
    stderr: "",
  });
});

test("the help names every command, and each command's help its options", async () => {
  const { run } = await startCommands();
  const { code, stdout } = await run(["--help"]);
  expect(code).toBe(0);
  for (const name of ["run", "check", "types", "export", "print"]) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
    const help = await run([name, "--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(new RegExp(`^infisical-env ${name} `));
    for (const option of ["--project-id ID", "--secret-path PATH ...", "--silent "])
      expect(help.stdout).toContain(option);
  }
  expect((await run(["run", "-h"])).stdout).toContain("--grace TIME");
  expect((await run([])).code).toBe(2);
});

describe("a command line that is not known is refused with exit code 2, and nothing is sent", () => {
  test.each([
    [["exprot"], "exprot is not a command; did you mean export? infisical-env --help tells more."],
    [
      ["everything"],
      "everything is not a command; the commands are run, check, types, export, print. infisical-env --help tells more.",
    ],
    [
      ["run", "--projct-id", "x", "--", "true"],
      "--projct-id is not an option; did you mean --project-id? infisical-env run --help tells more.",
    ],
    [["check", "--format", "json"], /^--format is not an option; the options are --project-id, /],
    [
      ["run"],
      "run needs a command after --, as in: infisical-env run -- node app.js. infisical-env run --help tells more.",
    ],
    [
      ["run", "node", "app.js"],
      "run takes options only before --, and one of its arguments is not one. infisical-env run --help tells more.",
    ],
    [
      ["check", "--", "true"],
      "check does not take a command after --. infisical-env check --help tells more.",
    ],
    [
      ["check", "--project-id"],
      "--project-id needs a value: --project-id ID. infisical-env check --help tells more.",
    ],
    [
      ["check", "--project-id", "--silent"],
      "--project-id needs a value: --project-id ID. infisical-env check --help tells more.",
    ],
    [["check", "--silent=yes"], "--silent does not take a value. infisical-env check --help tells more."],
    [
      ["check", "--timeout", "1s", "--timeout", "2s"],
      "--timeout can be given once only. infisical-env check --help tells more.",
    ],
    [["check", "--timeout", "soon"], /^--timeout must be .*"soon"/],
    [["check", "-x"], /^-x is not an option/],
    [["run", "--grace", "1s", "--", "true"], "--grace needs --watch. infisical-env run --help tells more."],
    [
      ["print"],
      "print needs --names: it prints no values; export does. infisical-env print --help tells more.",
    ],
    [
      ["export"],
      "export needs --format, one of dotenv, json, yaml, shell, docker. infisical-env export --help tells more.",
    ],
    [["export", "--format", "xml"], /^--format must be .*"xml"/],
    [
      ["run", "--watch", "--interval", "10", "--", "true"],
      '--interval must be at least 1 second and at most 24 days, got "10". infisical-env run --help tells more.',
    ],
  ])("%j", async (args, message) => {
    const { run, server } = await startCommands();
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, ""]);
    if (typeof message === "string") expect(stderr).toBe(`infisical-env: ${message}\n`);
    else expect(stderr.replace("infisical-env: ", "")).toMatch(message);
    expect(server.requests).toEqual([]);
  });

  test.each([
    [["st.hunter2.and-the-rest"]],
    [["check", "st.hunter2.and-the-rest"]],
    [["check", "--client-secret=hunter2"]],
  ])("without repeating what might be a credential: %j", async (args) => {
    const { run } = await startCommands();
    expect(await run(args)).toMatchObject({ code: 2, stdout: "" });
  });
});
