import { expect, test } from "vitest";
import { buildPreload, startApplications } from "./start-applications.ts";

buildPreload();

const secrets = { DATABASE_URL: "postgres://shop:hunter2000@db", API_TOKEN_OF_SHOP: "token-0123456789" };

const print = `console.log(JSON.stringify([process.env.DATABASE_URL, process.env.API_TOKEN_OF_SHOP]));`;
const values = JSON.stringify(Object.values(secrets));
const programs = {
  "app.mjs": `import "node:fs"; ${print}`,
  "app.cjs": `require("node:fs"); ${print}`,
  "app.ts": `const show = (value: unknown) => value; show(1); ${print}`,
};

test.each([
  ["app.mjs", "--import"],
  ["app.cjs", "--import"],
  ["app.mjs", "NODE_OPTIONS"],
  ["app.cjs", "NODE_OPTIONS"],
])("%s runs with the variables by %s", async (program, way) => {
  const { run } = await startApplications(secrets, programs);
  const ended = await run({ program, throughOptions: way === "NODE_OPTIONS" });
  expect(ended).toMatchObject({ code: 0, stdout: `${values}\n` });
});

test("it prints one line: how many variables, from where and how long it took", async () => {
  const { run, siteUrl, projectId } = await startApplications(secrets, programs);
  const { stderr } = await run();
  const place = `project ${projectId}, environment dev, / of ${siteUrl}`;
  expect(stderr.replace(/\d+ ms/, "N ms")).toBe(`infisical: 2 variables from ${place} (N ms)\n`);
});

test("INFISICAL_LOG=silent prints nothing", async () => {
  const { run } = await startApplications(secrets, programs);
  expect(await run({ variables: { INFISICAL_LOG: "silent" } })).toEqual({
    code: 0,
    stdout: `${values}\n`,
    stderr: "",
  });
});

test("a program in TypeScript runs with tsx", async () => {
  const { run } = await startApplications(secrets, programs);
  const ended = await run({ args: ["--import", "tsx"], program: "app.ts" });
  expect(ended).toMatchObject({ code: 0, stdout: `${values}\n` });
});

test("an existing variable is kept, and INFISICAL_ENV_OVERRIDE=true replaces it", async () => {
  const { run } = await startApplications(secrets, programs);
  const own = { DATABASE_URL: "of the shell" };
  const kept = await run({ variables: own });
  expect(JSON.parse(kept.stdout)[0]).toBe("of the shell");
  expect(kept.stderr).toContain("1 kept as they were");
  const replaced = await run({ variables: { ...own, INFISICAL_ENV_OVERRIDE: "true" } });
  expect(replaced.stdout).toBe(`${values}\n`);
});

test("a program that does nothing ends by itself", async () => {
  const { run } = await startApplications(secrets, { "app.mjs": "" });
  expect(await run()).toMatchObject({ code: 0, stdout: "" });
});

test("a worker thread has the variables, and does not log in again", async () => {
  const { run, logins } = await startApplications(secrets, {
    "app.mjs": `import { Worker } from "node:worker_threads"; new Worker(new URL("worker.mjs", import.meta.url), { env: { ...process.env, INFISICAL_ENV_LOADED: "" } });`,
    "worker.mjs": print,
  });
  const ended = await run();
  expect(ended).toMatchObject({ code: 0, stdout: `${values}\n` });
  expect(ended.stderr.match(/infisical:/g)).toHaveLength(1);
  expect(logins()).toBe(1);
});

const forks = (env: string) =>
  `import { fork } from "node:child_process"; fork("./child.mjs", { env: { ...process.env, ${env} } });`;

test("a child process of the same configuration has the variables, and does not log in again", async () => {
  const { run, logins } = await startApplications(secrets, { "app.mjs": forks(""), "child.mjs": print });
  const ended = await run();
  expect(ended).toMatchObject({ code: 0, stdout: `${values}\n` });
  expect(logins()).toBe(1);
});

test("a child process of another environment has its own variables, and none of its parent's", async () => {
  const { run, server, logins } = await startApplications(secrets, {
    "app.mjs": forks(`INFISICAL_ENVIRONMENT: "staging", OWN: "of the parent"`),
    "child.mjs": `console.log(JSON.stringify([process.env.DATABASE_URL, process.env.API_TOKEN_OF_SHOP ?? null, process.env.OWN]));`,
  });
  server.secrets.set({ environment: "staging", key: "DATABASE_URL", value: "of-staging" });
  const ended = await run({ throughOptions: true });
  expect(JSON.parse(ended.stdout)).toEqual(["of-staging", null, "of the parent"]);
  expect(logins()).toBe(2);
});

test("a child process that lacks a variable of its parent loads them again", async () => {
  const { run, logins } = await startApplications(secrets, {
    "app.mjs": `import { fork } from "node:child_process"; const { DATABASE_URL, ...env } = process.env; fork("./child.mjs", { env });`,
    "child.mjs": print,
  });
  const ended = await run();
  expect(ended).toMatchObject({ code: 0, stdout: `${values}\n` });
  expect(logins()).toBe(2);
});

test("what is left for child processes contains neither names, nor values, nor credentials", async () => {
  const { run, server } = await startApplications(secrets, {
    "app.mjs": "console.log(process.env.INFISICAL_ENV_LOADED);",
  });
  const { stdout } = await run();
  const { clientId, clientSecret } = server.credentials();
  expect(stdout).toMatch(/^1\.[\w-]{22}\.[\w-]{16}\n$/);
  for (const text of [...Object.keys(secrets), ...Object.values(secrets), clientId, clientSecret]) {
    expect(stdout).not.toContain(text);
    expect(Buffer.from(stdout, "base64url").toString("latin1")).not.toContain(text);
  }
});
