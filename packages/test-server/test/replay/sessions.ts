import { interludes } from "./interludes.ts";
import { newerInterludes } from "./interludes-newer.ts";
import { recordingsOf } from "./recordings.ts";
import type { Session } from "./replay.ts";

/** The sessions in which the exchanges were recorded, merged with a second folder if there is one. */
export function sessions(also?: string): Session[] {
  return [
    { recordings: recordingsOf("july-2026", also), interludes },
    { recordings: recordingsOf("v4-and-newer", also), interludes: newerInterludes },
  ];
}
