import { readFileSync, statSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildPreload, startApplications } from "./start-applications.ts";

buildPreload();

const secrets = { DATABASE_URL: "postgres://shop:hunter2000@db", API_TOKEN_OF_SHOP: "token-0123456789" };
const programs = { "app.mjs": `console.log(process.env.DATABASE_URL);` };
const keep = {
  INFISICAL_ENV_FALLBACK: "kept/secrets",
  INFISICAL_ENV_FALLBACK_KEY: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
  INFISICAL_ENV_TIMEOUT: "3s",
};
const [value] = Object.values(secrets);

/** Starts an application once, so that it has a file. */
async function kept() {
  const world = await startApplications(secrets, programs);
  await world.run({ variables: keep });
  return { ...world, file: join(world.folder, "kept/secrets") };
}

test("what was read last is used while the server cannot be reached, and its age is told", async () => {
  const { server, run } = await kept();
  await server.close();
  const { code, stdout, stderr } = await run({ variables: keep });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${value}\n` });
  expect(stderr).toMatch(/2 variables from .+ from the fallback file, \d+ s old, since .+ \(UNREACHABLE\)/);
});

test.each([
  ["a server that fails", { status: 500 }],
  ["a gateway that fails", { status: 502, body: "<html>" }],
  ["a connection that breaks", { drop: "after" }],
  ["a refused connection", { refuse: true }],
  ["a rate limit", { rateLimit: { retryAfter: 60 } }],
  ["a body that is cut short", { truncate: true }],
] as const)("it is used with %s", async (_what, failureOf) => {
  const { server, run } = await kept();
  server.fail({ path: /secrets|login/, times: 1000 } as never, failureOf as never);
  const { code, stdout, stderr } = await run({ variables: { ...keep, INFISICAL_ENV_TIMEOUT: "500ms" } });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${value}\n` });
  expect(stderr).toContain("from the fallback file");
});

test.each([
  ["a wrong credential", { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong-secret-0123456789" }],
  ["an unknown environment", { INFISICAL_ENVIRONMENT: "nowhere" }],
])("it is not used after a refusal: %s", async (_what, variables) => {
  const { run } = await kept();
  const { code, stderr } = await run({ variables: { ...keep, ...variables } });
  expect(code).toBe(1);
  expect(stderr).not.toContain("fallback file, ");
});

test("infisical-env run --fallback keeps what it has read, and starts the command during an outage", async () => {
  const { server, run, folder } = await startApplications(secrets, programs);
  const command = {
    withPreload: false,
    variables: { INFISICAL_ENV_FALLBACK_KEY: keep.INFISICAL_ENV_FALLBACK_KEY },
    through: ["run", "--fallback", "own/secrets"],
  };
  expect(await run(command)).toMatchObject({ code: 0, stdout: `${value}\n` });
  expect(await readdir(join(folder, "own"))).toEqual(["secrets"]);
  await server.close();
  const { code, stdout, stderr } = await run(command);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${value}\n` });
  expect(stderr).toMatch(/2 variables from .+ from the fallback file, \d+ s old, since .+ \(UNREACHABLE\)/);
});

test("infisical-env run --fallback does not start the command after a refusal", async () => {
  const { run } = await startApplications(secrets, programs);
  const through = ["run", "--fallback", "own/secrets"];
  const key = { INFISICAL_ENV_FALLBACK_KEY: keep.INFISICAL_ENV_FALLBACK_KEY };
  await run({ withPreload: false, variables: key, through });
  const wrong = { ...key, INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong-secret-0123456789" };
  const { code, stdout } = await run({ withPreload: false, variables: wrong, through });
  expect(code).not.toBe(0);
  expect(stdout).toBe("");
});

test("the file is readable by its owner only, contains no name and no value, and is replaced as a whole", async () => {
  const { file, run, folder } = await kept();
  const first = readFileSync(file);
  await run({ variables: keep });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const second = readFileSync(file);
  expect(second.equals(first)).toBe(false);
  for (const text of [...Object.keys(secrets), ...Object.values(secrets)]) {
    expect(second.toString("latin1")).not.toContain(text);
  }
  expect(await readdir(join(folder, "kept"))).toEqual(["secrets"]);
});

test.each([
  ["another key", { INFISICAL_ENV_FALLBACK_KEY: "bm90IHRoZSBzYW1lIGtleSBhcyBiZWZvcmUgMDEyMzQ=" }],
  ["another environment", { INFISICAL_ENVIRONMENT: "staging" }],
  ["another project", { INFISICAL_PROJECT_ID: "another" }],
  ["another folder", { INFISICAL_SECRET_PATH: "/,/other" }],
  ["another identity", { INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: "another" }],
])("a file of %s is told and not used", async (_what, variables) => {
  const { server, run } = await kept();
  await server.close();
  const { code, stdout, stderr } = await run({ variables: { ...keep, ...variables } });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("The fallback file kept/secrets is damaged, or was written with another key");
});

test("a damaged file is told and not used, wherever the damage is", async () => {
  const { server, run, file } = await kept();
  await server.close();
  const good = readFileSync(file);
  const damages = [
    good.subarray(0, 10),
    good.subarray(0, good.length - 1),
    Buffer.alloc(0),
    ...[0, 26, good.length - 1].map((at) => {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    }),
  ];
  for (const bytes of damages) {
    writeFileSync(file, bytes);
    const { code, stderr } = await run({ variables: keep });
    expect(code).toBe(1);
    expect(stderr).toContain("is damaged");
  }
});

test("without a file, the outage is told, and that there is none yet", async () => {
  const { server, run } = await startApplications(secrets, programs);
  await server.close();
  const { code, stderr } = await run({ variables: keep });
  expect(code).toBe(1);
  expect(stderr).toContain("does not exist yet");
});

test("a file that cannot be written is a warning, and the application starts", async () => {
  const { run } = await startApplications(secrets, programs);
  const { code, stdout, stderr } = await run({
    variables: { ...keep, INFISICAL_ENV_FALLBACK: "app.mjs/secrets" },
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${value}\n` });
  expect(stderr).toContain("could not be written: E");
});

test("without a key, nothing is kept, and the variable is named", async () => {
  const { run } = await startApplications(secrets, programs);
  const { code, stderr } = await run({ variables: { ...keep, INFISICAL_ENV_FALLBACK_KEY: undefined } });
  expect(code).toBe(1);
  expect(stderr).toContain("INFISICAL_ENV_FALLBACK_KEY");
});
