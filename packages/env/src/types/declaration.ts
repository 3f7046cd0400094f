import type { DeclaredName } from "./declared-names.ts";

/** What to declare besides `process.env`. */
export interface DeclarationOptions {
  /** Whether `import.meta.env` is declared too. */
  readonly importMeta: boolean;
}

/** What the types of Node, of frameworks and of Vite declare themselves; a second declaration would contradict theirs. */
const ofProcess = new Set(["NODE_ENV", "TZ"]);
const ofVite = new Set(["BASE_URL", "DEV", "MODE", "PROD", "SSR"]);

/** Writes a declaration file for variables, sorted by name. */
export function declarationOf(names: readonly DeclaredName[], { importMeta }: DeclarationOptions): string {
  const unique = new Map<string, boolean>();
  for (const { name, optional } of names) unique.set(name, optional && (unique.get(name) ?? true));
  const sorted = [...unique].sort(([one], [other]) => (one < other ? -1 : 1));
  const fields = (indent: string, modifier: string, others: ReadonlySet<string>): string[] =>
    sorted
      .filter(([name]) => !others.has(name))
      .map(([name, optional]) => `${indent}${modifier}${keyOf(name)}${optional ? "?" : ""}: string;`);
  const lines = [
    "// Written by `infisical-env types`, which overwrites changes. `infisical-env types --check` compares it.",
    "",
    "declare namespace NodeJS {",
    "  interface ProcessEnv {",
    ...fields("    ", "", ofProcess),
    "  }",
    "}",
    ...(importMeta
      ? [
          "",
          "interface ImportMetaEnv {",
          ...fields("  ", "readonly ", ofVite),
          "}",
          "",
          "interface ImportMeta {",
          "  readonly env: ImportMetaEnv;",
          "}",
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
