import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import { circleci } from "../src/circleci.ts";
import {
  claimsOf,
  contextOf,
  emptyEnvironment,
  type Failure,
  failureWithout,
  setVariables,
  silent,
  startIssuer,
} from "./source-kit.ts";
import { variableCases } from "./variable-cases.ts";

emptyEnvironment();

const renewal = "With the option audience, each login gets a new token.";
variableCases("CIRCLE_OIDC_TOKEN_V2", () => circleci(), renewal);
variableCases("CIRCLE_OIDC_TOKEN", () => circleci(), renewal);

test("CIRCLE_OIDC_TOKEN_V2 comes before CIRCLE_OIDC_TOKEN", async () => {
  const { issuer } = await startIssuer();
  setVariables({
    CIRCLE_OIDC_TOKEN: await issuer.issueToken({ sub: "one" }),
    CIRCLE_OIDC_TOKEN_V2: await issuer.issueToken({ sub: "two" }),
  });
  expect(claimsOf(await circleci()(contextOf()))["sub"]).toBe("two");
});

const missing = "Neither CIRCLE_OIDC_TOKEN_V2 nor CIRCLE_OIDC_TOKEN is set.";
const outside = "This does not look like a job of CircleCI.";

test("outside of a job, the source does not apply", async () => {
  expect(await failureWithout([], circleci())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `${missing} ${outside}`,
  });
  expect(await failureWithout([], circleci({ audience: "x" }))).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `CIRCLECI is not set. ${outside}`,
  });
});

test("in a job without the variables, the error says where they are", async () => {
  setVariables({ CIRCLECI: "true" });
  expect(await failureWithout([], circleci())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `${missing} Every job of CircleCI has a token, but not a container that the job starts: pass the variable on.`,
  });
});

/** Puts a command `circleci` on the PATH, which runs this code. */
function install(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-circleci-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const command = join(folder, "circleci");
  writeFileSync(command, `#!${process.execPath}\n${code}`);
  chmodSync(command, 0o755);
  setVariables({ CIRCLECI: "true", PATH: `${folder}${delimiter}${process.env["PATH"]}` });
  return folder;
}

const source = circleci({ audience: `https://infisical.test/"$(id)` });

test("for an audience of one's own, the job's command is run without a shell", async () => {
  const { issuer, logIn } = await startIssuer();
  const folder = install(`
    const { writeFileSync } = require("node:fs");
    writeFileSync(__dirname + "/arguments", JSON.stringify(process.argv.slice(2)));
    console.log(process.env.TEST_TOKEN);
  `);
  setVariables({ TEST_TOKEN: await issuer.issueToken(), CIRCLE_OIDC_TOKEN_V2: "hunter2" });
  await logIn(source);
  expect(JSON.parse(readFileSync(join(folder, "arguments"), "utf8"))).toEqual([
    ...["run", "oidc", "get", "--claims"],
    JSON.stringify({ aud: `https://infisical.test/"$(id)` }),
  ]);
});

test("the command is run at every login", async () => {
  const { issuer } = await startIssuer();
  install("console.log(process.env.TEST_TOKEN)");
  for (const sub of ["one", "two"]) {
    setVariables({ TEST_TOKEN: await issuer.issueToken({ sub }) });
    expect(claimsOf(await source(contextOf({ transport: silent })))["sub"]).toBe(sub);
  }
});

test("a token of the command that has expired is not sent to Infisical", async () => {
  const { issuer, logIn } = await startIssuer();
  install("console.log(process.env.TEST_TOKEN)");
  setVariables({ TEST_TOKEN: await issuer.issueToken({}, { expiresIn: -60 }) });
  expect((await failureOf(logIn(source))).message).toMatch(/^The token \(issuer .*\) expired at /);
});

test("where the command is missing, the error says what to do", async () => {
  setVariables({ CIRCLECI: "true", PATH: "/nowhere" });
  expect(await failureWithout([], source)).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message:
      "The command circleci is not on the PATH, which an audience of your own needs: run the program in the job itself, " +
      "not in a container that the job starts, or leave audience out.",
  });
});

test("a command that is too old, or refuses, is told by its exit code, not by what it prints", async () => {
  install('console.error("Error: unknown command hunter2"); console.log("hunter2"); process.exit(255)');
  expect(await failureWithout(["hunter2"], source)).toMatchObject({
    code: "AUTH_FAILED",
    message:
      "`circleci run oidc get` failed (exit code 255). Old versions of the command do not have it: update the machine " +
      "runner or the container agent, or leave audience out. Run it in a step of the job to see its own message.",
  });
});

test("a command that a signal ends is refused with the signal", async () => {
  install("process.kill(process.pid, 'SIGKILL')");
  expect((await failureWithout([], source)).message).toContain("failed (signal SIGKILL)");
});

test("a command that prints too much is refused", async () => {
  install('process.stdout.write("x".repeat(3_000_000))');
  expect((await failureWithout([], source)).message).toContain("failed (ERR_CHILD_PROCESS_STDIO_MAXBUFFER)");
});

test.each([
  ["", "is empty"],
  ["hunter2", "contains other text"],
  ["Usage: hunter2 [flags]", "contains text with white space"],
])("a command that prints %j is refused without showing it", async (text, said) => {
  install(`console.log(${JSON.stringify(text)})`);
  expect(await failureWithout(["hunter2"], source)).toMatchObject({
    code: "AUTH_FAILED",
    message: `The output of \`circleci run oidc get\` ${said} instead of a JWT (three parts of base64url with dots in between).`,
  });
});

const endless = 'require("node:fs").writeFileSync(__dirname + "/started", ""); setInterval(() => {}, 1000)';

function hasStarted(folder: string): boolean {
  try {
    readFileSync(join(folder, "started"));
    return true;
  } catch {
    return false;
  }
}

test("the command's token logs a client in although its clock is an hour off", async () => {
  const { issuer, logIn } = await startIssuer();
  install("console.log(process.env.TEST_TOKEN);");
  setVariables({ TEST_TOKEN: await issuer.issueToken() });
  for (const hours of [-1, 1]) await logIn(source, { hours });
});

test("the command can take 8000 ms", async () => {
  const folder = install(endless);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let failure: Failure | undefined;
  const failed = failureWithout([], source).then((error) => {
    failure = error;
  });
  while (!hasStarted(folder)) await new Promise((turn) => setImmediate(turn));
  await vi.advanceTimersByTimeAsync(7999);
  expect(failure).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  expect(failure).toMatchObject({
    code: "TIMEOUT",
    message: "`circleci run oidc get` did not end within 8000 ms.",
  });
});

test("the command ends with the signal, whose reason it is", async () => {
  const folder = install(endless);
  const controller = new AbortController();
  const failure = failureOf(Promise.resolve(source(contextOf({ signal: controller.signal }))));
  await expect.poll(() => hasStarted(folder)).toBe(true);
  const reason = new Error("switched");
  controller.abort(reason);
  expect(await failure).toBe(reason);
});

test("a platform without processes says so", async () => {
  setVariables({ CIRCLECI: "true" });
  vi.spyOn(process, "getBuiltinModule").mockReturnValue({} as never);
  const failure = await failureWithout([], source).finally(() => vi.restoreAllMocks());
  expect(failure).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "This platform cannot run `circleci run oidc get`, which an audience of your own needs.",
  });
});

test("an unknown option is refused when the source is created", () => {
  expect(() => circleci({ claims: {} } as never)).toThrow(
    "claims is not an option; the options are audience.",
  );
});
