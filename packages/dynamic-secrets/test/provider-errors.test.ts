import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { exampleInputs } from "./support/example-providers.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const file = `${root}packages/dynamic-secrets/test/compiled.ts`;

/** The compiler's errors for calls that create dynamic secrets, by line. */
function errorsOf(calls: readonly string[]): string[] {
  const source = [
    'import type { DynamicSecretsApi } from "../src/index.ts"; declare const api: DynamicSecretsApi; const common = { projectSlug: "p", environmentSlug: "e", name: "n", defaultTTL: "1h" };',
    ...calls,
  ].join("\n");
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.getSourceFile = (name, ...others) =>
    name === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, name, ...others);
  const program = ts.createProgram([file], options, host);
  const errors = calls.map(() => "");
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(program.getSourceFile(file))) {
    const line = source.slice(0, start).split("\n").length - 2;
    errors[line] += ts.flattenDiagnosticMessageText(messageText, "\n");
  }
  return errors;
}

function call(type: string, inputs: object): string {
  return `api.create({ ...common, provider: { type: ${JSON.stringify(type)}, inputs: ${JSON.stringify(inputs)} } });`;
}

test("for every provider, a missing input is a compile error that names it", () => {
  const optional = ["redis.password", "redis.renewStatement"];
  const cases = Object.entries(exampleInputs).flatMap(([type, inputs]) =>
    Object.keys(inputs)
      .filter((input) => !optional.includes(`${type}.${input}`))
      .map((input) => {
        const { [input]: _, ...others } = inputs as unknown as Record<string, unknown>;
        return { name: `${type}.${input}`, input, call: call(type, others) };
      }),
  );
  const complete = Object.entries(exampleInputs).map(([type, inputs]) => call(type, inputs));
  const errors = errorsOf([...cases.map((each) => each.call), ...complete]);
  expect(errors.splice(cases.length)).toEqual(complete.map(() => ""));
  const unnamed = cases.filter(({ input }, index) => !errors[index]?.includes(input));
  expect(unnamed.map(({ name }) => name)).toEqual([]);
  expect(cases.length).toBeGreaterThan(100);
});
