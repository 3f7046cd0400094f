import type { Clock } from "@infisical/core";

/** A clock whose waits end at once and advance it. */
export function jumpingClock(): Clock & { readonly waits: number[]; advance(milliseconds: number): void } {
  let now = Date.parse("2026-11-26T12:00:00Z");
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
