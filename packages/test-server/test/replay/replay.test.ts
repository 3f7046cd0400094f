import { describe, expect, it } from "vitest";
import { deviations } from "./deviations.js";
import { readRecordings } from "./recording.js";
import { replay } from "./replay.js";

describe("the recordings of a real server", async () => {
  const found = await replay(readRecordings());

  it("are answered as recorded, but for the listed deviations", () => {
    const unlisted = [...found].filter(([id, differences]) => differences.length > 0 && !(id in deviations));
    expect(Object.fromEntries(unlisted)).toEqual({});
  });

  it("show every listed deviation", () => {
    const obsolete = Object.keys(deviations).filter((id) => !found.get(id)?.length);
    expect(obsolete).toEqual([]);
  });

  it("are reproduced for the most part", () => {
    const same = [...found.values()].filter((differences) => differences.length === 0).length;
    process.stdout.write(`reproduced ${same} of ${found.size} recorded exchanges\n`);
    expect(same + Object.keys(deviations).length).toBe(found.size);
  });
});
