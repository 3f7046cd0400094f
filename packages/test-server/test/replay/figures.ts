import { generationRules } from "./generation-rules.ts";
import { isOffered } from "./offered.ts";
import type { Outcome } from "./replay.ts";

/** The figures of a replay as a table: for all exchanges, and for those that the SDK can make. */
export function figures(outcomes: readonly Outcome[]): string {
  const offered = outcomes.filter(({ recording }) => isOffered(recording));
  const line = (label: string, isCounted: (outcome: Outcome) => boolean): string => {
    const [all, ours] = [outcomes, offered].map((group) => group.filter(isCounted).length);
    return `${label.padEnd(48)}${String(all).padStart(6)}${String(ours).padStart(10)}`;
  };
  const share = (group: readonly Outcome[]): string =>
    `${((100 * group.filter(isReproduced).length) / group.length).toFixed(1)} %`;
  return [
    `${"recorded exchanges replayed".padEnd(48)}   all   the SDK's`,
    line("  in all", () => true),
    line("  reproduced in every field", (outcome) => isReproduced(outcome) && outcome.rules.length === 0),
    line(
      "  reproduced after a rule for newer servers",
      (outcome) => isReproduced(outcome) && outcome.rules.length > 0,
    ),
    ...["fields-added", ...generationRules.map(({ name }) => name)].map((name) =>
      line(`    ${name}`, (outcome) => isReproduced(outcome) && outcome.rules.includes(name)),
    ),
    line("  deviating, each with its reason", (outcome) => !isReproduced(outcome) && outcome.isSimulated),
    line("  not simulated, answered with 501", ({ isSimulated }) => !isSimulated),
    `${"  share reproduced".padEnd(48)}${share(outcomes).padStart(6)}${share(offered).padStart(10)}`,
  ].join("\n");
}

/** Whether the response was the recorded one, with or without rules applied. */
export function isReproduced({ differences }: Outcome): boolean {
  return differences.length === 0;
}

/** The reproduced share of the SDK's exchanges on simulated routes, from 0 to 1. */
export function offeredShare(outcomes: readonly Outcome[]): number {
  const offered = outcomes.filter(({ recording, isSimulated }) => isSimulated && isOffered(recording));
  return offered.filter(isReproduced).length / offered.length;
}
