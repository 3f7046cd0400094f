import { readFileSync } from "node:fs";
import * as universalAuth from "@infisical/auth-universal";
import * as core from "@infisical/core";
import * as kms from "@infisical/kms";
import * as projects from "@infisical/projects";
import { createTestServer } from "@infisical/test-server";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";

const modules = {
  "@infisical/auth-universal": universalAuth,
  "@infisical/core": core,
  "@infisical/kms": kms,
  "@infisical/projects": projects,
};

/** Runs the first TypeScript block of a README against a test server, and gives it with what it printed. */
async function runExample(folder: string) {
  const readme = readFileSync(new URL(`../packages/${folder}/README.md`, import.meta.url), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const body = code.replace(/import \{ (.*?) \} from (".*?");/g, "const { $1 } = modules[$2];");
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const server = createTestServer();
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const [{ clientId, clientSecret } = {}] = server.identities;
  const printed: string[] = [];
  const projectId = server.projects[0]?.id;
  const console = { log: (value: unknown) => printed.push(String(value)) };
  const given = { modules, siteUrl, clientId, clientSecret, projectId, console };
  // An inner function, so that an example may call something of its own by the same name.
  const run = new Function(...Object.keys(given), `return (async () => { ${outputText}\n })()`);
  await run(...Object.values(given));
  return { code, printed };
}

test.each(["kms", "projects"])("the example in the README of %s prints what it says", async (folder) => {
  const { code, printed } = await runExample(folder);
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => comment);
  expect(promised.length).toBeGreaterThan(0);
  expect(printed).toEqual(promised);
});
