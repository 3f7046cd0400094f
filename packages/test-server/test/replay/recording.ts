import { readFileSync } from "node:fs";

/** One exchange with a real server of October 2024. */
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

/** The recordings in the order in which they were made. */
export function readRecordings(): Recording[] {
  return fixture("recordings.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recording);
}

/** A file of the fixtures. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");
}
