import { readFileSync } from "node:fs";

/** One exchange with a real, older server, recorded in October 2024. */
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

const file = new URL("../../packages/test-server/test/replay/fixtures/recordings.jsonl", import.meta.url);

/** The recordings, oldest first. */
export function readRecordings(): Recording[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recording);
}
