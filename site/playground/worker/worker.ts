/** Runs one example in a worker of the frame: see README.md. */
import { printedError, printedLine } from "../../../tests/documentation/printed.mjs";
import type { FromWorker, ToWorker } from "../messages.ts";
import { compile } from "./compile.ts";
import { importText, ModuleFiles, type SentFiles, urlOf } from "./module-files.ts";

/** What the worker itself uses of what examples take as given. */
interface Given {
  readonly environment: Readonly<Record<string, string>>;
  readonly server: { readonly fetch: typeof fetch };
}

const tell = (message: FromWorker): void => postMessage(message);
const fail = (error: unknown): void => tell({ kind: "error", text: printedError(error) });

const waiting = new Map<string, (files: SentFiles) => void>();
const modules = new ModuleFiles(
  (name) =>
    new Promise((resolve) => {
      waiting.set(name, resolve);
      tell({ kind: "need", name });
    }),
);

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "files") waiting.get(data.name)?.(data);
  else run(data.code, data.placeholders).catch(fail).finally(() => tell({ kind: "done" }));
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(event.reason);
});
addEventListener("error", (event) => {
  event.preventDefault();
  fail(event.error ?? event.message);
});

async function run(code: string, placeholders: string): Promise<void> {
  const { module, imports } = compile(code);
  Object.assign(globalThis, { loadModuleFile: (file: string) => modules.import(file) });
  const given = (await modules.import(placeholders)) as unknown as Given;
  const { environment, server } = given;
  Object.assign(globalThis, given, { process: { env: { ...environment } }, fetch: server.fetch });

  const namespaces = new Map<string, unknown>();
  for (const name of imports) {
    // Marked as what it is, for the code that a default import becomes.
    namespaces.set(name, { ...(await modules.import(name)), __esModule: true });
  }
  for (const method of ["log", "info", "debug"] as const) {
    console[method] = (...values) => tell({ kind: "line", text: printedLine(values) });
  }
  for (const method of ["warn", "error"] as const) {
    console[method] = (...values) => tell({ kind: "warning", text: printedLine(values) });
  }
  const { default: example } = await importText(urlOf(module));
  await (example as (require: unknown, exports: object) => Promise<void>)(
    (name: string) => namespaces.get(name),
    {},
  );
}
