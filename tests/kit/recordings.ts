import { readFileSync } from "node:fs";

/** One exchange with a real server. */
export interface Recording {
  readonly id: string;
  readonly server?: string;
  readonly note?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Record<string, unknown>;
    readonly headers: Record<string, string>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: unknown;
  };
}

const replayed = "../../packages/test-server/test/replay/fixtures";

/** The files of the recordings: the same requests to an older and to a current server, and newer ones. */
const files = {
  "october-2024": "./fixtures/october-2024.jsonl",
  "july-2026": `${replayed}/july-2026.jsonl`,
  "v4-and-newer": `${replayed}/v4-and-newer.jsonl`,
};

/** Which recordings to read. */
export type RecordingSet = keyof typeof files;

/** The generations of servers, to which the same requests were sent: older servers, and current ones. */
export const generations = ["october-2024", "july-2026"] as const satisfies readonly RecordingSet[];

/** A generation of servers. */
export type Generation = (typeof generations)[number];

/** The recordings of a set, oldest first. */
export function readRecordings(set: RecordingSet = "october-2024"): Recording[] {
  return readFileSync(new URL(files[set], import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recording);
}
