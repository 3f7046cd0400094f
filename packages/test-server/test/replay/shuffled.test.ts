import { describe, expect, test } from "vitest";
import { isReproduced } from "./figures.ts";
import { replay } from "./replay.ts";
import { sessions } from "./sessions.ts";
import { shuffle, withOtherIds } from "./shuffle.ts";

describe("the recordings under other names", async () => {
  for (const [index, session] of sessions().entries()) {
    const rename = shuffle(session.recordings.map(({ recording }) => recording));
    const [asRecorded, renamed] = await Promise.all([
      replay(session),
      replay(session, { rename, seed: withOtherIds }),
    ]);

    test(`session ${index + 1}: the same exchanges are reproduced with other names and ids`, () => {
      const reproduced = (outcomes: typeof renamed) =>
        outcomes.filter(isReproduced).map(({ recording }) => recording.id);
      expect(reproduced(renamed)).toEqual(reproduced(asRecorded));
    });

    test(`session ${index + 1}: the names are other ones`, () => {
      const changed = session.recordings.filter(
        ({ recording: { request } }) => JSON.stringify(rename(request)) !== JSON.stringify(request),
      );
      expect(changed.length).toBeGreaterThan(session.recordings.length / 2);
    });
  }
});
