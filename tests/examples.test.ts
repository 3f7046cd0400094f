import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { recording } from "../scripts/diagrams/recording.mjs";
import { root } from "../scripts/pnpm.mjs";
import { readText } from "../scripts/read-text.mjs";

const examples = join(root, "examples");

/** Environment without what this runner has put there for its own workers. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV|TEST$|NODE_TEST)/.test(name)),
);

/** Runs a command in the folder of an example, with the example's own tools, and gives what it printed. */
async function run(folder: string, command: string): Promise<string> {
  const cwd = join(examples, folder);
  const PATH = `${join(cwd, "node_modules/.bin")}${delimiter}${process.env["PATH"]}`;
  const [shell, flag] = process.platform === "win32" ? ["cmd", "/c"] : ["sh", "-c"];
  const env = { ...environment, PATH, NO_COLOR: "1" };
  const { stdout, stderr } = await promisify(execFile)(shell, [flag, command], { cwd, env });
  return stdout + stderr;
}

const tested = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter(testScript);

function testScript(folder: string): string | undefined {
  return JSON.parse(readFileSync(join(examples, folder, "package.json"), "utf8")).scripts?.test;
}

test("there is an example for each of the common runners, and one of an auth package", () => {
  expect(tested).toEqual(
    expect.arrayContaining(["custom-auth", "testing-jest", "testing-node-test", "testing-vitest"]),
  );
});

// They run against the built packages, as their users do; `npm test` builds before it tests.
test.each(tested)(
  "the tests of examples/%s pass",
  async (folder) => {
    expect(await run(folder, testScript(folder) ?? "")).toMatch(/\d+ passed|[#ℹ] fail 0/);
  },
  120_000,
);

test("the quickstart runs to its end, leaves nothing behind, and prints what its recording shows", async () => {
  const printed = await run("quickstart", "node quickstart.mjs");
  expect(printed).toMatch(/✓ logged in[\s\S]*✓ tidied up {2}\/quickstart-\w+ is gone/);
  // `node scripts/record-quickstart.mjs` makes the picture in README.md.
  expect(recording(printed)).toBe(readText(`${root}docs/diagrams/quickstart.svg`));
});

test.each([
  ["ESM", "import('infisical-auth-signed-jwt').then(({ signedJwtAuth }) => signedJwtAuth({}))"],
  ["CommonJS", "require('infisical-auth-signed-jwt').signedJwtAuth({})"],
])("the auth package of examples/custom-auth can be used as %s, with one copy of core", async (_, code) => {
  const check = `const { isInfisicalError } = require("@infisical/core");
    Promise.resolve().then(() => ${code}).catch((error) => console.log(isInfisicalError(error), error.code));`;
  expect(await run("custom-auth", `node -e '${check.replaceAll("'", '"')}'`)).toBe("true INVALID_OPTION\n");
});
