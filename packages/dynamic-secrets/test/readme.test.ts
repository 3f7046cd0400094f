import { readFileSync } from "node:fs";
import * as auth from "@infisical/auth-universal";
import * as core from "@infisical/core";
import ts from "typescript";
import { expect, test } from "vitest";
import * as dynamicSecrets from "../src/index.ts";
import { start } from "./support/start.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README's example runs", async () => {
  const { server } = await start();
  const { clientId, clientSecret } = server.identities[0] ?? {};
  const packages = {
    ...auth,
    ...dynamicSecrets,
    createClient: (options: core.ClientOptions) => core.createClient({ ...options, fetch: server.fetch }),
  };
  const names = {
    clientId,
    clientSecret,
    projectSlug: "shop",
    redisPassword: "password",
    countVisits: async ({ username }: { username: string }) => username.length,
  };
  // The seed has a dynamic secret of that name already.
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]?.replaceAll('"cache"', '"another"') ?? "";
  const body = code.replace(/import \{ (.*?) \} from ".*?";/g, "const { $1 } = packages;");
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const run = new Function(
    "packages",
    ...Object.keys(names),
    `return (async () => { ${outputText}\n return visits; })()`,
  );
  expect(await run(packages, ...Object.values(names))).toBe(32);
  expect(server.leases.list()).toEqual([]);
});
