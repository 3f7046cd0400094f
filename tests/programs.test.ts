import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../scripts/pnpm.mjs";
import { batchCommandLine } from "../scripts/programs/batch-command-line.mjs";
import { isInPath, program } from "../scripts/programs/program.mjs";
import { programOutput, runProgram } from "../scripts/programs/run.mjs";

/** A machine with these files. */
function windows(files: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const names = files.map((file) => file.toLowerCase());
  return {
    platform: "win32" as const,
    variables: { Path: 'C:\\node;"C:\\Program Files\\tools\\"', PATHEXT: ".EXE;.CMD", ...variables },
    isFile: (path: string) => names.includes(path.toLowerCase()),
  };
}

describe("the command line of a batch file", () => {
  test.each<[string, readonly string[], string]>([
    ["no argument", [], ""],
    ["a word", ["install"], ' "install"'],
    ["a space", ["C:\\my app"], ' "C:\\my app"'],
    ["an umlaut", ["C:\\Büro"], ' "C:\\Büro"'],
    ["nothing between quotes", ["", "b"], ' "" "b"'],
    ["a backslash at the end", ["C:\\my app\\"], ' "C:\\my app\\\\"'],
    ["several of them", ["a\\\\"], ' "a\\\\\\\\"'],
    ["backslashes elsewhere", ["a\\b\\c"], ' "a\\b\\c"'],
    ["what joins commands", ["a & b", "c && d", "e || f"], ' "a & b" "c && d" "e || f"'],
    ["what redirects", ["a > b", "< c", "d | e"], ' "a > b" "< c" "d | e"'],
    ["carets, which stay", ["^", "^7.0.0"], ' "^" "^7.0.0"'],
    ["exclamation marks", ["!PATH!"], ' "!PATH!"'],
    ["parentheses", ["(a)"], ' "(a)"'],
    ["separators of cmd.exe", ["a,b;c=d"], ' "a,b;c=d"'],
    ["single quotes", ["it's"], ' "it\'s"'],
    ["a tab", ["a\tb"], ' "a\tb"'],
    ["a scope and a version", ["@scope/name@>=1 <2"], ' "@scope/name@>=1 <2"'],
  ])("has %s", (_what, args, expected) => {
    expect(batchCommandLine("C:\\Program Files\\npm.cmd", args)).toBe(
      `""C:\\Program Files\\npm.cmd"${expected}"`,
    );
  });

  test.each([['a"b'], ["%PATH%"], ["100%"], ["a\nb"], ["a\rb"], ["a\0b"]])("is refused for %j", (arg) => {
    const rule = 'must not have ", % or a line break, which cmd.exe would read as its own';
    expect(() => batchCommandLine("npm.cmd", ["install", arg])).toThrow(
      `An argument of npm.cmd ${rule}, got ${JSON.stringify(arg)}.`,
    );
  });

  test("is refused for a path with a percent sign", () => {
    expect(() => batchCommandLine("C:\\100%\\npm.cmd", [])).toThrow("must not have");
  });
});

describe("what is started", () => {
  test("on Windows, a batch file by way of the shell that ComSpec names", () => {
    const machine = windows(["C:\\Program Files\\tools\\npm.cmd"], { COMSPEC: "C:\\Windows\\cmd.exe" });
    expect(program("npm", ["install", "C:\\my app"], machine)).toEqual({
      file: "C:\\Windows\\cmd.exe",
      args: ["/d", "/v:off", "/s", "/c", '""C:\\Program Files\\tools\\npm.CMD" "install" "C:\\my app""'],
      windowsVerbatimArguments: true,
    });
  });

  test.each([
    [
      "an executable before a batch file",
      "tar",
      ["C:\\node\\tar.cmd", "C:\\node\\tar.exe"],
      "C:\\node\\tar.EXE",
    ],
    [
      "the first folder of the path",
      "git",
      ["C:\\Program Files\\tools\\git.exe", "C:\\node\\git.exe"],
      "C:\\node\\git.EXE",
    ],
    ["a name with its extension", "node.exe", ["C:\\node\\node.exe"], "C:\\node\\node.exe"],
    ["a path as it is", "C:\\other\\a.exe", ["C:\\other\\a.exe"], "C:\\other\\a.exe"],
    ["what is not found as it is, so that the error names it", "missing", [], "missing"],
  ])("on Windows, %s", (_what, command, files, file) => {
    const args = ["a b", '"', "%"];
    expect(program(command, args, windows(files))).toEqual({ file, args, windowsVerbatimArguments: false });
  });

  test("elsewhere, the command itself, whatever its arguments", () => {
    const machine = { ...windows([]), platform: "darwin" as const };
    const args = ["a b", '"', "%", "$HOME"];
    expect(program("npm", args, machine)).toEqual({ file: "npm", args, windowsVerbatimArguments: false });
  });

  test("is in the path, or is not", () => {
    expect(isInPath("npm", windows(["C:\\node\\npm.cmd"]))).toBe(true);
    expect(isInPath("pnpm", windows(["C:\\node\\npm.cmd"]))).toBe(false);
    const unix = {
      platform: "linux" as const,
      variables: { PATH: "/a:/b" },
      isFile: (path: string) => path === "/b/npm",
    };
    expect([isInPath("npm", unix), isInPath("yarn", unix)]).toEqual([true, false]);
  });
});

test("an argument arrives as it was given, whatever a shell would make of it", () => {
  const args = ["a b", "$HOME", "`", "&", "*", "ü", ""];
  const print = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
  expect(JSON.parse(programOutput(process.execPath, ["--eval", print, "--", ...args]))).toEqual(args);
});

test("a program that fails, or does not exist, gives an error that says why", () => {
  const fail = ["--eval", "console.error('because'); process.exit(3)"];
  expect(runProgram(process.execPath, fail)).toEqual({ status: 3, stdout: "", stderr: "because\n" });
  expect(() => programOutput(process.execPath, fail)).toThrow(/ failed:\nbecause/);
  expect(() => programOutput("a-program-that-does-not-exist", [])).toThrow(/ENOENT/);
});

/** The programs in a folder, without what is installed or written there. */
function programsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /node_modules|generated/.test(entry.name) ? [] : programsIn(path);
    return /\.(?:mjs|ts)$/.test(entry.name) ? [path] : [];
  });
}

test("package managers are started by nothing else", () => {
  const files = ["scripts", "tests"].flatMap(programsIn);
  const direct =
    /\b(?:spawn|exec|execFile)(?:Sync)?\(\s*["'`](?:npm|npx|pnpm|yarn)\b|\bshell: (?:true|process)/;
  const found = files.filter((file) => direct.test(readFileSync(join(root, file), "utf8")));
  expect(found).toEqual([]);
  expect(files).toContain("scripts/programs/run.mjs");
});
