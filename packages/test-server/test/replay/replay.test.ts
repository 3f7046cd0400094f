import { describe, expect, test } from "vitest";
import { readRecordings } from "#test-kit";
import { deviations } from "./deviations.ts";
import { figures, isReproduced, offeredShare } from "./figures.ts";
import { generationRules } from "./generation-rules.ts";
import { replay } from "./replay.ts";

describe("the recordings of a real server", async () => {
  const outcomes = await replay(readRecordings());
  const deviating = outcomes.filter((outcome) => !isReproduced(outcome));
  process.stdout.write(`${figures(outcomes)}\n`);

  test("recorded requests are answered as recorded, except for the listed deviations", () => {
    const unlisted = deviating
      .filter(({ recording }) => !(recording.id in deviations))
      .map(({ recording, differences }) => [recording.id, differences]);
    expect(Object.fromEntries(unlisted)).toEqual({});
  });

  test("every listed deviation occurs in the recordings", () => {
    const shown = new Set(deviating.map(({ recording }) => recording.id));
    expect(Object.keys(deviations).filter((id) => !shown.has(id))).toEqual([]);
  });

  test("every rule is needed by a recording", () => {
    const needed = new Set(outcomes.flatMap(({ rules }) => rules));
    expect(generationRules.map(({ name }) => name).filter((name) => !needed.has(name))).toEqual([]);
  });

  test("95 % of the recordings of what the SDK offers are reproduced", () => {
    expect(offeredShare(outcomes)).toBeGreaterThanOrEqual(0.95);
  });
});
