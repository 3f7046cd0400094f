/**
 * One promise of a contract, to be run by any test runner.
 *
 * @example
 * import { test } from "node:test";
 * import type { ContractCase } from "@infisical/core/testing";
 * const register = (cases: readonly ContractCase[]) => {
 *   for (const { name, run } of cases) test(name, run);
 * };
 */
export interface ContractCase {
  /** What is promised, as a sentence. */
  readonly name: string;
  /** Resolves where the promise is kept, and rejects with an error that says how it is broken. */
  readonly run: () => Promise<void>;
}
