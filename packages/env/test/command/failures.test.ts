import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { nodeUnderTest } from "../node-under-test.ts";
import { buildCommand, startCommands } from "./command-process.ts";

buildCommand();

/** Every command that reads secrets. */
const reading = [
  ["run", "--", nodeUnderTest, "-e", "console.log('started')"],
  ["check"],
  ["types"],
  ["export", "--format", "json"],
  ["print", "--names"],
];

describe.each(reading)("%s", (...args) => {
  const expectFailure = async (options: object, message: RegExp, more: string[] = []) => {
    const { run, write } = await startCommands();
    await write("infisical.config.json", "{}");
    const [name = "", ...rest] = args;
    const { code, signal, stdout, stderr } = await run([name, ...more, ...rest], options);
    expect([code, signal, stdout]).toEqual([1, null, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^infisical-env: .+\n$/);
    expect(stderr).not.toMatch(/^\s+at /m);
  };

  test("without a project, the error says what to set", () =>
    expectFailure({ without: ["INFISICAL_PROJECT_ID"] }, /projectId must be .*INFISICAL_PROJECT_ID/));

  test("without a login, the error says what to set", () =>
    expectFailure(
      { without: ["INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET"] },
      /INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET/,
    ));

  test("a refused login is an error", () =>
    expectFailure(
      { extra: { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "hunter2-wrong" } },
      /Invalid credentials|refused/i,
    ));

  test("a folder that does not exist is an error", () =>
    expectFailure({}, /folder|not found/i, ["--secret-path", "/nowhere"]));

  test("a configuration file that does not exist is an error", () =>
    expectFailure({}, /none\.mjs could not be loaded/, ["--config", "none.mjs"]));

  test("a server that never answers is waited for no longer than --timeout", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expectFailure({ extra: { INFISICAL_SITE_URL: url } }, /timeout|took|longer/i, ["--timeout", "300"]);
  });
});

test("a schema that is not met is told by name and reason, for all names at once", async () => {
  const { run, write } = await startCommands();
  await write(
    "infisical.config.mjs",
    `const failing = { "~standard": { version: 1, vendor: "own", validate: (value) => ({ issues: [{ message: String(value) }] }) } };
     export default { schema: { A: failing, PASSWORD: failing, GONE: failing } };`,
  );
  const { code, stderr, stdout } = await run(["check"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    "infisical-env: The variables do not match the schema: A is not valid; PASSWORD is not valid; GONE is missing.\n",
  );
});

test("a configuration file that is not JavaScript is told without its text", async () => {
  const { run, write } = await startCommands();
  await write("infisical.config.mjs", 'export default { fallbackKey: "hunter2-hunter2"; }');
  const { code, stderr } = await run(["check"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/infisical\.config\.mjs could not be loaded/);
});

test("an error that is not this SDK's is told without its message", async () => {
  const { run, write } = await startCommands();
  await write(
    "infisical.config.mjs",
    "export default { client: { secrets() { throw new TypeError('hunter2'); } } };",
  );
  const { code, stderr } = await run(["check"]);
  expect([code, stderr]).toEqual([
    1,
    "infisical-env: unexpected TypeError: please report it, with how you called the command\n",
  ]);
});
