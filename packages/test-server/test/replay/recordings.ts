import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Recording, type RecordingSet, readRecordings } from "#test-kit";

/** A recording to replay. */
export interface Replayed {
  readonly recording: Recording;
  readonly set: RecordingSet;
  /** Its position in its set. */
  readonly number: number;
  /** Whether it is from the second folder: compared, but not required to match. */
  readonly isHeldOut: boolean;
}

/** Where the second folder has the recordings of a set. */
const subfolders: Partial<Record<RecordingSet, string>> = { "v4-and-newer": "v4-and-newer" };

/** The recordings of a set, merged in order with those of a second folder if there is one. */
export function recordingsOf(set: RecordingSet, also?: string): Replayed[] {
  const shown = readRecordings(set).map((recording) => replayed(set, recording, false));
  const ids = new Set(shown.map(({ recording }) => recording.id));
  const others = also === undefined ? [] : readFolder(join(also, subfolders[set] ?? ""));
  const heldOut = others.filter(({ id }) => !ids.has(id)).map((recording) => replayed(set, recording, true));
  return [...shown, ...heldOut].sort((one, other) => one.number - other.number);
}

function replayed(set: RecordingSet, recording: Recording, isHeldOut: boolean): Replayed {
  return { set, recording, number: Number.parseInt(recording.id, 10), isHeldOut };
}

function readFolder(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((name) => /^\d{3}-.*\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Recording);
}
