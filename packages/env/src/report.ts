/** What `loadEnv` did, without a value. */
export interface EnvReport {
  /** How many secrets became variables, including those where an existing variable counts. */
  readonly count: number;
  /** How many existing variables counted before a secret of the same name. */
  readonly kept: number;
  /** How many secrets did not become variables: their names or values cannot be those of variables, or must not be. */
  readonly skipped: number;
  /** The names of the skipped secrets that would steer the process; `allow` accepts them. */
  readonly steering: readonly string[];
  /** Where the secrets come from. */
  readonly from: "server" | "fallback";
  /** The project, the environment, the folders and the server, in words. */
  readonly place: string;
  /** How long it took, in milliseconds. */
  readonly duration: number;
  /** How old the secrets of the fallback file are, in milliseconds; only with `from: "fallback"`. */
  readonly fallbackAge?: number;
  /** Why the fallback file was used; only with `from: "fallback"`. */
  readonly fallbackReason?: string;
}

/** Writes a report as a line for people: how many variables, from where, and how long it took. */
export function lineOf(report: EnvReport): string {
  const { count, kept, skipped, place, duration, fallbackAge, fallbackReason } = report;
  const details = [
    ...(kept > 0 ? [`${kept} kept as they were`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `${Math.round(duration)} ms`,
  ];
  const source =
    fallbackAge === undefined
      ? ""
      : ` from the fallback file, ${ageText(fallbackAge)} old, since the server could not be reached (${fallbackReason})`;
  return `${count} ${count === 1 ? "variable" : "variables"} from ${place}${source} (${details.join(", ")})`;
}

function ageText(milliseconds: number): string {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  if (milliseconds < minute) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < 2 * hour) return `${Math.floor(milliseconds / minute)} min`;
  return milliseconds < 2 * day
    ? `${Math.floor(milliseconds / hour)} h`
    : `${Math.floor(milliseconds / day)} days`;
}
