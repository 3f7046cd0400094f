import { ci } from "./expected/ci.ts";
import { codeql } from "./expected/codeql.ts";
import type { ExpectedWorkflow } from "./expected/form.ts";
import { release } from "./expected/release.ts";

/** All workflows, by their files. */
export const expected: ReadonlyMap<string, ExpectedWorkflow> = new Map([
  ["ci.yml", ci],
  ["codeql.yml", codeql],
  ["release.yml", release],
]);
