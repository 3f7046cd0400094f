import type { ContractCase } from "../../src/testing/index.ts";

/** What a contract finds wrong: the complaint of each case that fails, by the case's name. */
export async function verdict(cases: readonly ContractCase[]): Promise<Record<string, string>> {
  const complaints: Record<string, string> = {};
  for (const { name, run } of cases) {
    await run().catch((error: Error) => {
      complaints[name] = error.message;
    });
  }
  return complaints;
}
