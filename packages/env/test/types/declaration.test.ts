import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { declarationOf } from "../../src/types/declaration.ts";
import { driftOf } from "../../src/types/drift.ts";

const nodeTypes = `declare namespace NodeJS {
  interface Dict<T> { [key: string]: T | undefined }
  interface ProcessEnv extends Dict<string> { TZ?: string | undefined }
}
declare const process: { readonly env: NodeJS.ProcessEnv };`;
const viteTypes = `interface ImportMetaEnv { [key: string]: any; BASE_URL: string; MODE: string; DEV: boolean; PROD: boolean; SSR: boolean }
interface ImportMeta { url: string; readonly env: ImportMetaEnv }`;

/** What the compiler says about a program that uses a declaration, strictly and without skipping declarations. */
function errorsOf(declaration: string, program: string): string[] {
  const sources = new Map([
    ["/infisical-env.d.ts", declaration],
    ["/node.d.ts", nodeTypes],
    ["/vite.d.ts", viteTypes],
    ["/program.ts", program],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, version) => {
    const text = sources.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, version)
      : ts.createSourceFile(file, text, version);
  };
  const program_ = ts.createProgram([...sources.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program_)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const names = [
  { name: "DATABASE_URL", optional: false },
  { name: "SENTRY_DSN", optional: true },
  { name: "odd-name", optional: false },
  { name: "1st", optional: true },
  { name: 'quote"s\\ and\nbreaks\u2028', optional: false },
  { name: "__proto__", optional: false },
  { name: "constructor", optional: false },
  { name: "TZ", optional: false },
  { name: "NODE_ENV", optional: false },
  { name: "MODE", optional: false },
];

test("a declaration types the variables, odd names too, next to what others declare", () => {
  const program = `
    const url: string = process.env.DATABASE_URL;
    const dsn: string | undefined = process.env.SENTRY_DSN;
    const odd: string = process.env["odd-name"] + process.env['quote"s\\\\ and\\nbreaks\\u2028'];
    const zone: string | undefined = process.env.TZ;
    const meta: string = import.meta.env.DATABASE_URL + import.meta.env.MODE;
    export {};`;
  expect(errorsOf(declarationOf(names, { importMeta: true }), program)).toEqual([]);
});

test.each([
  ["an optional variable is not a string", "const dsn: string = process.env.SENTRY_DSN; export {};"],
  ["an unknown variable is not a string", "const other: string = process.env.OTHER; export {};"],
  ["import.meta.env is read-only", "import.meta.env.DATABASE_URL = ''; export {};"],
])("%s", (_, program) => {
  expect(errorsOf(declarationOf(names, { importMeta: true }), program)).toHaveLength(1);
});

test("without import.meta, only process.env is declared", () => {
  expect(declarationOf(names.slice(0, 3), { importMeta: false })).toBe(`\
// Written by \`infisical-env types\`, which overwrites changes. \`infisical-env types --check\` compares it.

declare namespace NodeJS {
  interface ProcessEnv {
    DATABASE_URL: string;
    SENTRY_DSN?: string;
    "odd-name": string;
  }
}
`);
});

const anyNames = fc.uniqueArray(
  fc.record({
    name: fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[A-Z_]{1,5}$/)),
    optional: fc.boolean(),
  }),
  { selector: ({ name }) => name, maxLength: 8 },
);

test("a declaration does not depend on the order of its names, parses, and does not drift from itself", () => {
  fc.assert(
    fc.property(anyNames, fc.boolean(), (some, importMeta) => {
      const text = declarationOf(some, { importMeta });
      expect(declarationOf([...some].reverse(), { importMeta })).toBe(text);
      const source = ts.createSourceFile("a.d.ts", text, ts.ScriptTarget.Latest) as unknown as {
        parseDiagnostics: unknown[];
      };
      expect(source.parseDiagnostics).toEqual([]);
      expect(driftOf(text, text)).toEqual([]);
      expect(driftOf(text.replaceAll("\n", "\r\n").replaceAll(";", ""), text)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("every difference between two sets of names is told", () => {
  fc.assert(
    fc.property(anyNames, anyNames, (before, after) => {
      const write = (some: typeof before) => declarationOf(some, { importMeta: false });
      const declared = (some: typeof before) =>
        new Map(
          some
            .filter(({ name }) => !["TZ", "NODE_ENV"].includes(name))
            .map(({ name, optional }) => [name, optional]),
        );
      const [one, other] = [declared(before), declared(after)];
      const changed = [...new Set([...one.keys(), ...other.keys()])].filter(
        (name) => one.get(name) !== other.get(name),
      );
      expect(driftOf(write(before), write(after))).toHaveLength(changed.length);
    }),
    { numRuns: 300 },
  );
});
