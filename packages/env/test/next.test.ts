import { secrets } from "@infisical/secrets";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { failureOf, start } from "#test-kit";
import { register } from "../src/next.ts";

const before = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("INFISICAL_")) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
});

async function startShop() {
  const started = await start({ plugins: [secrets()] });
  started.server.secrets.set({ environment: "dev", key: "NEXT_TEST_KEY", value: "the-value" });
  started.server.secrets.set({ environment: "dev", path: "/web", key: "NEXT_TEST_OTHER", value: "other" });
  const { client, location } = started;
  return { ...started, options: { client, ...location } };
}

test("register writes the secrets to process.env, and reports without values", async () => {
  const { options } = await startShop();
  const report = await register(options);
  expect(process.env["NEXT_TEST_KEY"]).toBe("the-value");
  expect(report).toMatchObject({ count: 1, from: "server" });
  expect(JSON.stringify(report)).not.toContain("the-value");
});

test("what an earlier call has read is not read again; other options are", async () => {
  const { options, server } = await startShop();
  await register(options);
  const { length } = server.requests;
  expect(await register(options)).toBeUndefined();
  expect(server.requests).toHaveLength(length);
  expect(await register({ ...options, secretPath: "/web" })).toMatchObject({ count: 1 });
  expect(process.env["NEXT_TEST_OTHER"]).toBe("other");
});

test("options that are left out come from variables", async () => {
  const { server, siteUrl, projectId } = await startShop();
  const { clientId, clientSecret } = server.credentials();
  vi.stubEnv("INFISICAL_SITE_URL", siteUrl);
  vi.stubEnv("INFISICAL_PROJECT_ID", projectId);
  vi.stubEnv("INFISICAL_ENVIRONMENT", "dev");
  vi.stubEnv("INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", clientId);
  vi.stubEnv("INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET", clientSecret);
  expect(await register()).toMatchObject({ count: 1 });
});

test("nothing is read during a build, unless it is asked for", async () => {
  const { options, server } = await startShop();
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  // Not even what is required is: the build of an image has no project.
  expect(await register()).toBeUndefined();
  expect(await register(options)).toBeUndefined();
  expect(server.requests).toEqual([]);
  expect(await register({ ...options, duringBuild: true })).toMatchObject({ count: 1 });
});

test.each<[name: string, options: object, message: RegExp]>([
  ["an unknown option", { secretPaths: "/" }, /^secretPaths is not an option; did you mean secretPath\?/],
  ["a flag that is a text", { duringBuild: "yes" }, /^duringBuild must be .*got "yes"/],
  ["writeTo", { writeTo: false }, /^writeTo must be left out/],
  ["a missing project", { environment: "dev" }, /^projectId must be .*INFISICAL_PROJECT_ID must be set/],
  ["something that is not an object", null as never, /^options must be an object/],
])("%s is refused by name", async (_, options, message) => {
  const error = await failureOf(register(options));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
});

test("a failure leaves the environment as it is, and the next call tries again", async () => {
  const { options, server } = await startShop();
  server.fail({ method: "GET", times: 1 }, { status: 403 });
  expect(await failureOf(register(options))).toMatchObject({ code: "FORBIDDEN" });
  expect(process.env["NEXT_TEST_KEY"]).toBeUndefined();
  expect(process.env["INFISICAL_ENV_LOADED"]).toBeUndefined();
  expect(await register(options)).toMatchObject({ count: 1 });
});
