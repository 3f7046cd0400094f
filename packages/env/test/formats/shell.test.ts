import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { writeVariables } from "../../src/formats/write-variables.ts";
import { held, holds, hostile, variables } from "./values.ts";

const folder = mkdtempSync(join(tmpdir(), "env-shell-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shells = ["sh", "bash", "dash"].filter((name) => spawnSync(name, ["-c", ":"]).status === 0);

/** The environment of a program that a shell starts after it has read a file. */
function read(shell: string, text: string, script: string): Record<string, string> {
  const file = join(folder, "variables");
  writeFileSync(file, text);
  const { stdout, stderr, status } = spawnSync(shell, ["-c", script, shell, file], {
    // From a socket as standard input, bash would read the .bashrc of whoever tests.
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    encoding: "utf8",
    maxBuffer: 2 ** 24,
  });
  expect([status, stderr]).toEqual([0, ""]);
  const lines = stdout.split("\0").filter((line) => !/^(?:PATH|PWD|OLDPWD|SHLVL|_|LC_ALL)=|^$/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

describe.skipIf(process.platform === "win32").each(shells)("%s", (shell) => {
  test.each([
    ["a sourced file", 'set -a; . "$1"; exec env -0'],
    ["a sourced file, of which nothing is exported", '. "$1"; exec env -0'],
    ["eval of the output", 'eval "$(cat "$1")"; exec env -0'],
  ])("reads back what is written, from %s", (_, script) => {
    fc.assert(
      fc.property(variables, (values) => {
        const expected = held("shell", values);
        expect(read(shell, writeVariables("shell", expected), script)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

test("only NUL and half characters are refused", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      expect(holds("shell", { A: value })).toBe(!/[\0\p{Cs}]/u.test(value));
    }),
  );
});

test.each(["1A", "a-b", "a.b", "", "A B", "é", "A;id", "$(id)", "UID", "RANDOM", "OPTIND", "SHLVL", "_"])(
  "the name %j is refused",
  (name) => {
    expect(holds("shell", { [name]: "" })).toBe(false);
  },
);
