import { expect, test } from "vitest";
import { serveSockets } from "#test-kit";
import { buildPreload, startApplications } from "./start-applications.ts";

buildPreload();

const secrets = { DATABASE_URL: "postgres://shop:hunter2000@db", API_TOKEN_OF_SHOP: "token-0123456789" };
const programs = { "app.mjs": `console.log("started");` };

/** Runs the application, which must not start. */
async function failure(
  variables: Readonly<Record<string, string | undefined>>,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { run } = await startApplications(secrets, { ...programs, ...files });
  const { code, stdout, stderr } = await run({ variables });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^infisical: The application was not started\. .+\n$/);
  return stderr;
}

test("a wrong client secret is told, and what to check", async () => {
  const text = await failure({ INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong-secret-0123456789" });
  expect(text).toContain("Check the identity's credentials");
  expect(text).not.toContain("wrong-secret");
});

test("without a project, the variable is named", async () => {
  expect(await failure({ INFISICAL_PROJECT_ID: undefined })).toContain("INFISICAL_PROJECT_ID");
});

test("without a login, the variables that are missing are named", async () => {
  const none = {
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: undefined,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: undefined,
  };
  expect(await failure(none)).toContain("INFISICAL_UNIVERSAL_AUTH_CLIENT_ID");
});

test("an environment that does not exist is told", async () => {
  expect(await failure({ INFISICAL_ENVIRONMENT: "nowhere" })).toContain("Check the project");
});

test("a malformed variable is named, and its value is not shown", async () => {
  const text = await failure({ INFISICAL_ENV_FALLBACK_KEY: "hunter2hunter2" });
  expect(text).toContain("INFISICAL_ENV_FALLBACK_KEY");
  expect(text).not.toContain("hunter2");
});

test("a server that accepts connections and says nothing does not hang the start", async () => {
  const { url } = await serveSockets(() => undefined);
  expect(await failure({ INFISICAL_SITE_URL: url, INFISICAL_ENV_TIMEOUT: "300ms" })).toMatch(
    /took longer than \d+ ms/,
  );
});

test("a server that is not there is told", async () => {
  const text = await failure({ INFISICAL_SITE_URL: "http://127.0.0.1:1", INFISICAL_ENV_TIMEOUT: "500" });
  expect(text).toContain("INFISICAL_ENV_FALLBACK");
});

test("INFISICAL_LOG=silent does not hide why the application did not start", async () => {
  expect(await failure({ INFISICAL_LOG: "silent", INFISICAL_ENVIRONMENT: "nowhere" })).toContain(
    "environment",
  );
});

test("a schema that the variables do not match is told by name and reason, not by value", async () => {
  const config = `
    import { z } from "zod-4";
    const DATABASE_URL = z.string().startsWith("mysql:"), PORT = z.coerce.number(), API_TOKEN_OF_SHOP = z.uuid();
    export default { schema: { DATABASE_URL, PORT, API_TOKEN_OF_SHOP } };
  `;
  const { run } = await startApplications(
    { ONE: "postgres://shop:hunter2000@db", TWO: "token-0123456789", PORT: "port-0123" },
    {
      ...programs,
      "infisical.config.mjs": config.replace(/DATABASE_URL/g, "ONE").replace(/API_TOKEN_OF_SHOP/g, "TWO"),
    },
  );
  const { code, stdout, stderr } = await run();
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(
    "ONE is not valid; PORT is not valid (expected number); TWO is not valid (expected uuid)",
  );
});

test.each([
  ["infisical.config.mjs", "export default {"],
  ["infisical.config.mjs", "export const other = {};"],
  ["infisical.config.mjs", "await new Promise((resolve) => setTimeout(resolve, 2 ** 30));"],
  ["infisical.config.json", `{ "projectId": "hunter2-hunter2`],
  ["infisical.config.json", `{ "fallbackKey": hunter2 }`],
  ["infisical.config.mjs", `export default { fallbackKey: a hunter2 };`],
  ["infisical.config.json", `{ "projectID": "p1" }`],
  ["infisical.config.cjs", `throw new Error("broken");`],
])("a broken %s is named: %s", async (file, text) => {
  const printed = await failure({ INFISICAL_ENV_TIMEOUT: "1000" }, { [file]: text });
  expect(printed).toContain("infisical.config");
  expect(printed).not.toContain("hunter2");
});
