import fc from "fast-check";
import { expect, test } from "vitest";
import { environmentWith } from "../../src/command/environment.ts";
import { windowsProgram } from "../../src/command/windows-command.ts";

/** A machine with programs in two folders. */
const machine = (...files: string[]) => ({
  variables: {
    Path: 'C:\\tools;"C:\\Program Files\\nodejs"\\;;',
    PathExt: ".COM;.EXE;.BAT;.CMD",
    comspec: "C:\\cmd.exe",
  },
  isFile: (path: string) => files.some((file) => file.toLowerCase() === path.toLowerCase()),
});

test.each([
  ["node", ["C:\\tools\\node.exe"], "C:\\tools\\node.EXE"],
  ["node.exe", ["C:\\tools\\node.exe"], "C:\\tools\\node.exe"],
  [".\\bin\\app", [".\\bin\\app.exe"], ".\\bin\\app.EXE"],
  ["missing", [], "missing"],
])("%s is found as a program, without a shell", (command, files, file) => {
  expect(windowsProgram(command, ['a "b" %PATH%'], machine(...files))).toEqual({
    file,
    args: ['a "b" %PATH%'],
    verbatim: false,
  });
});

test("a batch file is started by cmd.exe, its arguments quoted", () => {
  const found = machine("C:\\tools\\npm", "C:\\tools\\npm.cmd");
  expect(windowsProgram("npm", ["run", "a & b", "dir\\", "", "^|<>()!"], found)).toEqual({
    file: "C:\\cmd.exe",
    args: ["/d", "/v:off", "/s", "/c", '""C:\\tools\\npm.CMD" "run" "a & b" "dir\\\\" "" "^|<>()!""'],
    verbatim: true,
  });
});

test.each(['a"b', "%PATH%", "a\nb", "a\rb", "a\0b"])(
  "the argument %j is refused for a batch file, not repeated",
  (arg) => {
    const start = () => windowsProgram("npm", [arg], machine("C:\\tools\\npm.cmd"));
    expect(start).toThrow(/^the command is a batch file, .*start the program itself, such as node\.$/);
  },
);

test("no argument of a batch file leaves its quotes", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (args) => {
      fc.pre(!args.some((arg) => /["%\r\n\0]/.test(arg)));
      const { args: parts } = windowsProgram("npm", args, machine("C:\\tools\\npm.cmd"));
      const line = parts.at(-1)?.slice(1, -1) ?? "";
      expect(line.replace(/"[^"]*"/g, "x")).toBe(["x", ...args.map(() => "x")].join(" "));
    }),
  );
});

test("where names are case-insensitive, a variable replaces the one of another case", () => {
  process.env["Env_Case_Test"] = "old";
  try {
    const names = (platform: string) =>
      Object.entries(environmentWith({ ENV_CASE_TEST: "new" }, platform)).filter(([name]) =>
        /^env_case_test$/i.test(name),
      );
    expect(names("win32")).toEqual([["ENV_CASE_TEST", "new"]]);
    expect(names("linux")).toEqual([
      ["Env_Case_Test", "old"],
      ["ENV_CASE_TEST", "new"],
    ]);
  } finally {
    delete process.env["Env_Case_Test"];
  }
});
