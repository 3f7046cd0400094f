import { expect, test } from "vitest";
import { buildPreload, startApplications } from "./start-applications.ts";

buildPreload();

const secrets = { DATABASE_URL: "postgres://shop:hunter2000@db", API_TOKEN_OF_SHOP: "token-0123456789" };
const values = Object.values(secrets);
const printed = `${JSON.stringify(values)}\n`;
const programs = {
  "app.mjs": `console.log(JSON.stringify([process.env.DATABASE_URL, process.env.API_TOKEN_OF_SHOP]));`,
};
const staged = "postgres://shop:staged000@db";

/** Applications whose project has another environment. */
async function startBoth() {
  const world = await startApplications(secrets, programs);
  world.server.secrets.set({ environment: "staging", key: "DATABASE_URL", value: staged });
  return world;
}

test("a preload in the child of infisical-env run finds what it would read, and does not log in again", async () => {
  const { run, logins } = await startApplications(secrets, programs);
  const ended = await run({ through: ["run", "--silent"] });
  expect(ended).toEqual({ code: 0, stdout: printed, stderr: "" });
  expect(logins()).toBe(1);
});

test("the command line of infisical-env run counts for a preload in its child", async () => {
  const { run, logins } = await startBoth();
  const ended = await run({ through: ["run", "--silent", "--environment", "staging"] });
  expect(ended).toEqual({ code: 0, stdout: `["${staged}",null]\n`, stderr: "" });
  expect(logins()).toBe(1);
});

test("a project on the command line of infisical-env run is enough for a preload in its child", async () => {
  const { run, projectId } = await startApplications(secrets, programs);
  const variables = { INFISICAL_PROJECT_ID: undefined };
  const ended = await run({ variables, through: ["run", "--silent", "--project-id", projectId] });
  expect(ended).toEqual({ code: 0, stdout: printed, stderr: "" });
});

test("a grandchild with an environment of its own has that one's variables only", async () => {
  const { run, write, preload } = await startBoth();
  await write(
    "parent.mjs",
    `import { fork } from "node:child_process";
    const env = { ...process.env, INFISICAL_ENVIRONMENT: "staging" };
    fork("./app.mjs", { env, execArgv: ["--import", ${JSON.stringify(preload)}] });`,
  );
  const ended = await run({ program: "parent.mjs", withPreload: false, through: ["run", "--silent"] });
  expect(JSON.parse(ended.stdout)).toEqual([staged, null]);
});

test("infisical-env reads again what a preload has set before it, for another environment too", async () => {
  const { run, server, preload } = await startBoth();
  const variables = { NODE_OPTIONS: `--import ${preload}`, INFISICAL_LOG: "silent" };
  const options = { withPreload: false, variables };
  const ended = await run({ ...options, through: ["run", "--silent", "--environment", "staging"] });
  expect(ended).toEqual({ code: 0, stdout: `["${staged}",null]\n`, stderr: "" });
  expect(server.requests.filter(({ path }) => path.includes("secrets"))).toHaveLength(2);
});

test("a variable of the shell counts before a secret in a command that a preload has run before", async () => {
  const { run, preload } = await startApplications(secrets, programs);
  const variables = {
    NODE_OPTIONS: `--import ${preload}`,
    INFISICAL_LOG: "silent",
    DATABASE_URL: "of the shell",
  };
  const ended = await run({ withPreload: false, variables, through: ["run", "--silent"] });
  expect(JSON.parse(ended.stdout)).toEqual(["of the shell", secrets.API_TOKEN_OF_SHOP]);
});
