import { describe, expect, it } from "vitest";
import { deviations } from "./deviations.js";
import { figures, isReproduced, offeredShare } from "./figures.js";
import { generationRules } from "./generation-rules.js";
import { readRecordings } from "./recording.js";
import { replay } from "./replay.js";

describe("the recordings of a real server", async () => {
  const outcomes = await replay(readRecordings());
  const deviating = outcomes.filter((outcome) => !isReproduced(outcome));
  process.stdout.write(`${figures(outcomes)}\n`);

  it("are answered as recorded, but for the listed deviations", () => {
    const unlisted = deviating
      .filter(({ recording }) => !(recording.id in deviations))
      .map(({ recording, differences }) => [recording.id, differences]);
    expect(Object.fromEntries(unlisted)).toEqual({});
  });

  it("show every listed deviation", () => {
    const shown = new Set(deviating.map(({ recording }) => recording.id));
    expect(Object.keys(deviations).filter((id) => !shown.has(id))).toEqual([]);
  });

  it("need every rule", () => {
    const needed = new Set(outcomes.flatMap(({ rules }) => rules));
    expect(generationRules.map(({ name }) => name).filter((name) => !needed.has(name))).toEqual([]);
  });

  it("are reproduced for 95 % of what the SDK offers", () => {
    expect(offeredShare(outcomes)).toBeGreaterThanOrEqual(0.95);
  });
});
