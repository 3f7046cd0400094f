import type { Replayed } from "./recordings.ts";

/** The areas of the API, by the first number of their exchanges in the order of the recordings. */
const areas: readonly (readonly [from: number, area: string])[] = [
  [0, "logins"],
  [20, "tokens"],
  [55, "AWS logins"],
  [71, "projects, environments, members"],
  [94, "tags"],
  [99, "folders"],
  [121, "secrets"],
  [164, "names of secrets"],
  [226, "secrets"],
  [329, "references"],
  [354, "imports"],
  [384, "personal secrets"],
  [396, "batches"],
  [429, "dynamic secrets"],
  [474, "leases"],
  [511, "dynamic secrets"],
  [517, "keys"],
  [542, "a server with its limits"],
  [548, "leases"],
  [550, "projects, environments, members"],
];

const newerAreas: typeof areas = [
  [0, "newer: projects, environments, tags"],
  [9, "newer: folders"],
  [15, "v4 secrets"],
  [53, "v4 references"],
  [59, "v4 imports and lists"],
  [82, "ETags"],
  [94, "v4 batches"],
  [106, "v4 secrets"],
  [110, "keys that sign"],
  [129, "newer: sizes of plaintexts"],
  [132, "newer logins"],
  [160, "Token Auth"],
  [162, "lock-out"],
];

/** The area of an exchange. */
export function areaOf({ number, set }: Replayed): string {
  return (set === "v4-and-newer" ? newerAreas : areas).filter(([from]) => from <= number).at(-1)?.[1] ?? "";
}
