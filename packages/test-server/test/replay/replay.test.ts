import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deviations } from "./deviations.ts";
import { figures, isReproduced, listed, printed } from "./figures.ts";
import { replay } from "./replay.ts";
import { sessions } from "./sessions.ts";

/** `REPLAY_ALSO` names a folder with further exchanges, and `REPLAY_SHOW=1` prints what differs. */
const { REPLAY_ALSO: also, REPLAY_SHOW: isShown } = process.env;

describe("the recordings of a real server", async () => {
  const outcomes = (await Promise.all(sessions(also).map((session) => replay(session)))).flat();
  const shown = outcomes.filter(({ isHeldOut }) => !isHeldOut);
  const deviating = shown.filter((outcome) => !isReproduced(outcome));
  process.stdout.write(`recorded exchanges reproduced in every field\n${printed(shown)}\n`);
  if (also !== undefined) {
    const heldOut = outcomes.filter(({ isHeldOut }) => isHeldOut);
    const reproduced = heldOut.filter(isReproduced).length;
    process.stdout.write(`held out: ${reproduced} of ${heldOut.length} reproduced\n${printed(heldOut)}\n`);
  }
  if (isShown) process.stdout.write(`${listed(outcomes)}\n`);

  test("recorded requests are answered as recorded, except for the listed deviations", () => {
    const unlisted = deviating
      .filter(({ recording }) => !(recording.id in deviations))
      .map(({ recording, differences }) => [recording.id, differences]);
    expect(Object.fromEntries(unlisted)).toEqual({});
  });

  test.skipIf(also !== undefined)("the README states the figures as they are", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const stated = [...readme.matchAll(/^\| (.+?) +\| (\d+) of (\d+) +\|$/gm)].map(
      ([, area, reproduced, all]) => [area, Number(reproduced), Number(all)],
    );
    expect(stated).toEqual(figures(shown));
  });

  test("every listed deviation occurs in the recordings", () => {
    const occurring = new Set(deviating.map(({ recording }) => recording.id));
    expect(Object.keys(deviations).filter((id) => !occurring.has(id))).toEqual([]);
  });
});
