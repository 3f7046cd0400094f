import { join } from "node:path";
import { expect } from "vitest";
import { parseDocument } from "yaml";
import { root } from "../../scripts/pnpm.mjs";
import { readText } from "../../scripts/read-text.mjs";
import { checkWorkflow } from "./check-workflow.ts";
import { readWorkflow } from "./workflow.ts";

export const workflows = join(root, ".github/workflows");

/** The violations of a workflow with another value at a path such as `jobs.tag.if`; `undefined` deletes it. */
export function plant(file: string, path: string, value: unknown): string[] {
  const document = parseDocument(readText(join(workflows, file)));
  if (value === undefined) document.deleteIn(path.split("."));
  else document.setIn(path.split("."), typeof value === "object" ? document.createNode(value) : value);
  return checkWorkflow(readWorkflow(file, document.toString({ lineWidth: 0 })));
}

/** The violations of a workflow with another text. */
export function plantText(file: string, from: string | RegExp, to: string): string[] {
  const text = readText(join(workflows, file));
  const changed = text.replace(from, () => to);
  expect(changed).not.toBe(text);
  return checkWorkflow(readWorkflow(file, changed));
}
