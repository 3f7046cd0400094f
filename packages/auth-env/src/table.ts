import type { EnvironmentAuthDescription } from "./describe.ts";

/**
 * Writes a description as a table for a person: a line for each method, the chosen one last.
 *
 * @param advice - What to do if nothing is chosen.
 */
export function tableOf({ chosen, skipped }: EnvironmentAuthDescription, advice: string): string {
  const rows = [
    ...skipped.map(({ method, because }) => ["skipped", method, because]),
    chosen ? ["chosen", chosen.method, chosen.because] : [`nothing is chosen. ${advice}`],
  ];
  const lines = rows.map(([what = "", method = "", why = ""]) =>
    `${what.padEnd(9)}${method.padEnd(17)}${why}`.trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
