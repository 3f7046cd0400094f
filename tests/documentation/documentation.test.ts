import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Transport } from "@infisical/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readText } from "../../scripts/read-text.mjs";
import { docstringExamples } from "./docstring-examples.mjs";
import { isCompiled, isRun } from "./example-blocks.mjs";
import { brokenLink, linksOf } from "./links.mjs";
import { markdownBlocks } from "./markdown-blocks.mjs";
import { printedLine } from "./printed.mjs";
import { projectFiles } from "./project-files.mjs";
import { promisedLines } from "./promised-lines.mjs";
import { typeErrors } from "./type-errors.mjs";
import { writeExamples } from "./write-examples.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const blocks = markdownBlocks(root);
const examples = writeExamples([...blocks.filter(isCompiled), ...docstringExamples(root)]);
const errors = typeErrors(join(root, "tests/documentation/generated"), [...examples.keys()]);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("every example compiles", () => {
  for (const [path, { file, line }] of examples) {
    test(`${file}:${line}`, () => expect(errors.get(path)).toEqual([]));
  }
});

describe("every example of a Markdown file runs and prints what it says", () => {
  for (const [path, block] of examples) {
    const { file, line, code } = block;
    if (!file.endsWith(".md") || !isRun(block)) continue;
    test(`${file}:${line}`, async () => {
      const printed = await run(path);
      const promised = promisedLines(code);
      if (promised.length > 0) expect(printed).toEqual(promised);
    });
  }
});

describe("every fence names its language, and why it is not run", () => {
  for (const { file, line, language, note } of blocks) {
    test(`${file}:${line}`, () => {
      const known = ["ts", "js", "sh", "json", "jsonc", "yaml", "dockerfile", "text", "mermaid", "diff"];
      expect(known).toContain(language);
      expect(note).toMatch(/^(?:|not (?:run|checked): \w.{8,})$/);
    });
  }
});

describe("every command of a Markdown file is one that there is", () => {
  const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  for (const { file, line, language, code } of blocks) {
    const commands = language === "sh" ? [...code.matchAll(/\bnpm (?:run )?([\w:-]+)/g)] : [];
    const named = commands.map(([text, name = ""]) => (text.includes(" run ") ? name : `npm ${name}`));
    if (named.length === 0) continue;
    test(`${file}:${line}`, () => {
      const ofNpm = ["ci", "init", "install", "pkg", "start", "test", "uninstall"].map(
        (name) => `npm ${name}`,
      );
      const known = [...Object.keys(scripts), ...ofNpm];
      expect(known).toEqual(expect.arrayContaining(named));
    });
  }
});

test("no command has a comment behind it, and no comment a quotation mark: the shell of macOS reads both", () => {
  const lines = blocks.filter(({ language }) => language === "sh").flatMap(({ code }) => code.split("\n"));
  expect(lines.filter((line) => /^[^#].*\s#\s|^#.*['"`]/.test(line))).toEqual([]);
});

describe("every link leads to a file and a heading that exist", () => {
  for (const file of projectFiles(root, ["*.md"])) {
    test(file, () => {
      const links = linksOf(file, readText(`${root}/${file}`));
      expect(links.map((link) => brokenLink(root, link)).filter((problem) => problem)).toEqual([]);
    });
  }
});

/** Runs an example against a server of its own and returns the lines that it prints. */
async function run(path: string): Promise<string[]> {
  vi.resetModules();
  // An example that opens a port of its own is meant by that port.
  const isLocal = (url: unknown): boolean => /^https?:\/\/(?:localhost|127\.)/.test(String(url));
  vi.doMock("#default-transport", async () => {
    const actual = await vi.importActual<typeof import("#default-transport")>("#default-transport");
    const overSockets = actual.defaultTransport();
    const pick = (url: string): Transport => (isLocal(url) ? overSockets : server.transport);
    const transport = (): Transport =>
      Object.assign<Transport, Pick<Transport, "stream">>((request) => pick(request.url)(request), {
        stream: (request) => (pick(request.url).stream as NonNullable<Transport["stream"]>)(request),
      });
    return { ...actual, defaultTransport: transport, directTransport: transport };
  });
  const { environment, server } = await import("./placeholders.ts");
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(printedLine(values)));
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (url: string, init?: RequestInit) =>
    (isLocal(url) ? fetch : server.fetch)(url, init),
  );
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await import(/* @vite-ignore */ path);
  return printed;
}
