import { areaOf } from "./areas.ts";
import type { Outcome } from "./replay.ts";

/** Whether the response was the recorded one. */
export function isReproduced({ differences }: Outcome): boolean {
  return differences.length === 0;
}

/** How many exchanges of each area were reproduced: a row per area, and one for all. */
export function figures(outcomes: readonly Outcome[]): [area: string, reproduced: number, all: number][] {
  const areas = new Set(outcomes.map(areaOf));
  const row = (area: string, group: readonly Outcome[]): [string, number, number] => [
    area,
    group.filter(isReproduced).length,
    group.length,
  ];
  return [
    ...[...areas].map((area) =>
      row(
        area,
        outcomes.filter((outcome) => areaOf(outcome) === area),
      ),
    ),
    row("all", outcomes),
  ];
}

/** The figures as lines of text. */
export function printed(outcomes: readonly Outcome[]): string {
  return figures(outcomes)
    .map(([area, reproduced, all]) => `  ${area.padEnd(38)}${String(reproduced).padStart(4)} of ${all}`)
    .join("\n");
}

/** The differences of the exchanges that were not reproduced. */
export function listed(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter((outcome) => !isReproduced(outcome))
    .map(({ recording: { id }, differences }) => [id, ...differences.slice(0, 12)].join("\n    "))
    .join("\n");
}
