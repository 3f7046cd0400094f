import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import * as testServer from "../src/index.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^## (.*)$|```ts\n([\s\S]*?)```/gm)];

let heading = "";
for (const [, title, code] of examples) {
  if (title !== undefined) heading = title;
  if (code === undefined) continue;

  it(`README example: ${heading}`, async () => {
    const printed: string[] = [];
    const fakeConsole = { log: (value: unknown) => printed.push(String(value)) };
    const body = code.replace(
      /import \{ (.*?) \} from "@infisical\/test-server";/g,
      "const { $1 } = testServer;",
    );
    const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
    const run = new Function("testServer", "console", `return (async () => { ${outputText}\n })()`);
    await run(testServer, fakeConsole);
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => comment);
    expect(printed).toEqual(promised);
  });
}
