import { expect, test } from "vitest";
import { nodeUnderTest } from "../node-under-test.ts";
import { buildCommand, startCommands } from "./command-process.ts";

buildCommand();

/** A program that says its value of A backwards, and lives until something ends it. */
const living =
  'console.log(`has ${[...process.env.A ?? "-"].reverse().join("")} as`, process.pid); setInterval(() => {}, 1000);';
const stubborn = `process.on("SIGTERM", () => console.log("ignored")); ${living}`;
const node = (program: string): string[] => ["--", nodeUnderTest, "-e", program];
const watch = ["run", "--watch", "--interval", "1s"];
const list = { method: "GET", path: /^\/api\/v[34]\/secrets/ };
const set = (value: string, key = "A") => ({ environment: "dev", key, value });

test("a changed secret starts the command anew, gently", async () => {
  const { server, begin } = await startCommands();
  const program = `process.on("SIGTERM", () => { console.log("ends by itself"); process.exit(); }); ${living}`;
  const { child, finished, printed } = begin([...watch, ...node(program)]);
  await printed("has a-2retnuh as");
  server.secrets.set(set("hunter2-new"));
  await printed("has wen-2retnuh as");
  await printed("infisical-env: A changed: starting");
  server.secrets.set(set("hunter2-more", "MORE"));
  await printed("MORE changed");
  await printed("has wen-2retnuh as", 2);
  server.secrets.delete({ environment: "dev", key: "A" });
  await printed("has - as");
  child.kill("SIGTERM");
  const { code, stdout } = await finished;
  expect(code).toBe(0);
  expect(stdout.replace(/as \d+/g, "as").split("\n")).toEqual([
    "has a-2retnuh as",
    "ends by itself",
    "has wen-2retnuh as",
    "ends by itself",
    "has wen-2retnuh as",
    "ends by itself",
    "has - as",
    "ends by itself",
    "",
  ]);
});

test("a command that ignores SIGTERM is killed after the grace, and none of it is left", async () => {
  const { server, begin } = await startCommands();
  const { child, finished, printed } = begin([...watch, "--grace", "50", ...node(stubborn)]);
  await printed("has a-2retnuh as");
  server.secrets.set(set("hunter2-new"));
  await printed("has wen-2retnuh as");
  child.kill("SIGINT");
  const { signal, stdout } = await finished;
  expect(signal).toBe("SIGINT");
  const [first, second] = [...stdout.matchAll(/as (\d+)/g)].map(([, pid]) => Number(pid));
  for (const pid of [first, second]) expect(() => process.kill(pid ?? 0, 0)).toThrow("ESRCH");
});

test("while the new state cannot be read, the command keeps running; then it is started anew", async () => {
  const { server, begin } = await startCommands();
  const { printed } = begin([...watch, ...node(living)]);
  await printed("has a-2retnuh as");
  const failure = server.fail(list, {
    status: 403,
    body: { statusCode: 403, error: "PermissionDenied", message: "no" },
  });
  server.secrets.set(set("hunter2-new"));
  await printed("infisical-env: secrets cannot be read: ");
  failure.remove();
  await printed("infisical-env: secrets can be read again");
  await printed("has wen-2retnuh as");
});

test("what does not match the schema never reaches the command", async () => {
  const { server, begin, write } = await startCommands();
  await write(
    "infisical.config.mjs",
    `const validate = (value) => (value?.startsWith("hunter2") ? { value } : { issues: [{ message: value }] });
     export default { schema: { A: { "~standard": { version: 1, vendor: "own", validate } } } };`,
  );
  const { child, finished, printed } = begin([...watch, ...node(living)]);
  await printed("has a-2retnuh as");
  server.secrets.set(set("wrong"));
  await printed(
    "infisical-env: the new secrets are not used: The variables do not match the schema: A is not valid",
  );
  server.secrets.set(set("wrong again"));
  const lists = () => server.requests.filter(({ path }) => list.path.test(path)).length;
  const before = lists();
  await expect.poll(() => lists() - before).toBeGreaterThan(4);
  server.secrets.set(set("hunter2-right"));
  await printed("has thgir-2retnuh as");
  child.kill("SIGTERM");
  // It is told once, however often it is tried again.
  expect((await finished).stderr.match(/are not used/g)).toHaveLength(1);
});

test("a state that could not be used is tried again without another change", async () => {
  const { server, begin, write } = await startCommands();
  await write(
    "infisical.config.mjs",
    `const seen = new Set(["hunter2-a"]);
     const validate = (value) => (seen.has(value) ? { value } : (seen.add(value), { issues: [{ message: value }] }));
     export default { schema: { A: { "~standard": { version: 1, vendor: "own", validate } } } };`,
  );
  const { printed } = begin([...watch, ...node(living)]);
  await printed("has a-2retnuh as");
  server.secrets.set(set("hunter2-new"));
  await printed("infisical-env: the new secrets are not used: ");
  await printed("has wen-2retnuh as");
});

test("a secret that another variable hides starts nothing", async () => {
  const { server, begin } = await startCommands();
  const { child, finished, printed } = begin([...watch, ...node(living)], { extra: { A: "mine" } });
  await printed("has enim as");
  server.secrets.set(set("hunter2-new"));
  server.secrets.set(set("hunter2-new", "B"));
  await printed("B changed");
  await printed("has enim as", 2);
  child.kill("SIGTERM");
  expect((await finished).stderr).not.toContain("A changed");
});

test("a command that ends by itself ends the watch", async () => {
  const { begin } = await startCommands();
  expect(await begin([...watch, ...node("process.exit(5)")]).finished).toMatchObject({
    code: 5,
    signal: null,
  });
});

test("a signal during a replacement ends it, without a successor", async () => {
  const { server, begin } = await startCommands();
  const { child, finished, printed } = begin([...watch, "--grace", "1m", ...node(stubborn)]);
  await printed("has a-2retnuh as");
  server.secrets.set(set("hunter2-new"));
  await printed("ignored");
  child.kill("SIGINT");
  const { signal, stdout } = await finished;
  expect([signal, stdout.match(/has/g)]).toEqual(["SIGINT", ["has"]]);
});
