import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import { fromFile } from "../src/file.ts";
import { contextOf, emptyEnvironment, failureWithout, startIssuer } from "./source-kit.ts";

emptyEnvironment();

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-token-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "token.jwt");
}

test("the token in a file logs a client in, without white space around it", async () => {
  const { issuer, logIn } = await startIssuer();
  const path = newPath();
  writeFileSync(path, `${await issuer.issueToken()}\n`);
  await logIn(fromFile(path));
});

test("a token file that is replaced is read again", async () => {
  const { issuer } = await startIssuer();
  const path = newPath();
  const source = fromFile(path);
  for (const sub of ["one", "two"]) {
    const token = await issuer.issueToken({ sub });
    writeFileSync(`${path}.new`, token);
    renameSync(`${path}.new`, path);
    expect(await source(contextOf())).toBe(token);
  }
});

test("a token that has expired is not sent to Infisical", async () => {
  const { issuer, logIn } = await startIssuer();
  const path = newPath();
  writeFileSync(path, await issuer.issueToken({}, { expiresIn: -60 }));
  const failure = await failureOf(logIn(fromFile(path)));
  expect(failure.code).toBe("AUTH_FAILED");
  expect(failure.message).toMatch(/^The token \(issuer https:\/\/issuer\.test.*\) expired at /);
});

test("without the file, the source does not apply", async () => {
  const path = newPath();
  for (const missing of [path, "/dev/null/token"]) {
    expect(await failureWithout([], fromFile(missing))).toMatchObject({
      code: "TOKEN_UNAVAILABLE",
      message: `The token file ${missing} does not exist: check the path, and that its writer has started.`,
    });
  }
});

test("an empty file is told apart from a missing one", async () => {
  const path = newPath();
  writeFileSync(path, "\n");
  expect(await failureWithout([], fromFile(path))).toMatchObject({
    code: "AUTH_FAILED",
    message: `The token file ${path} is empty instead of a JWT (three parts of base64url with dots in between).`,
  });
});

test("a file with anything but a JWT is not shown", async () => {
  const path = newPath();
  writeFileSync(path, '{"svids":["eyJh.hunter2.eyJh"]}');
  expect(await failureWithout(["hunter2"], fromFile(path))).toMatchObject({
    code: "AUTH_FAILED",
    message: `The token file ${path} contains JSON instead of a JWT (three parts of base64url with dots in between).`,
  });
});

test("a directory is not a token file", async () => {
  const path = newPath();
  mkdirSync(path);
  expect(await failureWithout([], fromFile(path))).toMatchObject({
    code: "AUTH_FAILED",
    message: `The token file ${path} is a directory: the path must lead to a file in it.`,
  });
});

/** Rejects as Node does; whoever runs the tests may be allowed to read everything. */
function failToRead(code: string): void {
  const { getBuiltinModule } = process;
  const fail = () => Promise.reject(Object.assign(new Error("failed"), { code }));
  vi.spyOn(process, "getBuiltinModule").mockImplementation(((name: string) =>
    name === "fs/promises" ? { stat: fail, readFile: fail } : getBuiltinModule(name)) as never);
  onTestFinished(() => void vi.restoreAllMocks());
}

test.each(["EACCES", "EPERM"])("a file that must not be read (%s) is refused", async (code) => {
  failToRead(code);
  expect(await failureWithout([], fromFile("/run/token"))).toMatchObject({
    code: "AUTH_FAILED",
    message: "The token file /run/token cannot be read: this process does not have the permission.",
  });
});

test("what is not a file, such as a pipe, is not waited for", async () => {
  expect(await failureWithout([], fromFile("/dev/null"))).toMatchObject({
    code: "AUTH_FAILED",
    message: "The token file /dev/null cannot be read (NOT_A_FILE).",
  });
});

test("what is far too large for a token is not read", async () => {
  const path = newPath();
  writeFileSync(path, "x".repeat(1_000_001));
  expect((await failureWithout([], fromFile(path))).message).toMatch(/ cannot be read \(TOO_LARGE\)\.$/);
});

test("any other failure to read is named", async () => {
  failToRead("EIO");
  expect(await failureWithout([], fromFile("/run/token"))).toMatchObject({
    code: "AUTH_FAILED",
    message: "The token file /run/token cannot be read (EIO).",
  });
});

test("on a platform without files, the source does not apply", async () => {
  vi.spyOn(process, "getBuiltinModule").mockReturnValue({} as never);
  const failure = await failureWithout([], fromFile("/run/token")).finally(() => vi.restoreAllMocks());
  expect(failure).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "This platform has no files, so the token cannot be read from /run/token.",
  });
});

test.each([undefined, "", 7])("the path %j is refused when the source is created", (path) => {
  expect(() => fromFile(path as never)).toThrow(/^path must be a non-empty string/);
});

test("the token in the place of the path is not shown", async () => {
  const { issuer } = await startIssuer();
  const token = await issuer.issueToken();
  expect(() => fromFile(token)).toThrow(
    "path must be the path of a file, not what a file contains, such as a key or a token (it is not shown).",
  );
});
