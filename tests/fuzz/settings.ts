import fc from "fast-check";

/** What `npm run fuzz` was told. In `npm test` nothing is set: few runs, always the same ones. */
const { FUZZ_SEED, FUZZ_SECONDS, FUZZ_RUNS } = process.env;

/** Whether this is the long form. */
export const isLong = FUZZ_SECONDS !== undefined || FUZZ_RUNS !== undefined;

/** What all random choices follow from. */
export const seed = Number(FUZZ_SEED ?? 20_261_126);

/** How much of the time of the long form a property gets, and how many runs in the short form. */
interface Effort {
  readonly share: number;
  readonly runs: number;
}

/** How often fast-check runs a property, and from which seed. */
export function effort({ share, runs }: Effort): fc.Parameters<unknown> {
  if (!isLong) return { seed, numRuns: runs };
  if (FUZZ_RUNS !== undefined) return { seed, numRuns: Number(FUZZ_RUNS) };
  return {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: Number(FUZZ_SECONDS) * 1000 * share,
  };
}

/** How long a test may take before vitest gives up on it, which nothing but a hanging call should reach. */
export const testTimeout = isLong ? Number(FUZZ_SECONDS ?? 86_400) * 2000 + 600_000 : 600_000;

/** Runs a property; in the long form, says how often. */
export async function hold<Values>(
  name: string,
  property: fc.IAsyncProperty<Values>,
  { share, runs }: Effort,
): Promise<void> {
  const details = await fc.check(property, { ...effort({ share, runs }) } as fc.Parameters<Values>);
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
  if (isLong) console.log(`${name}: ${details.numRuns} runs from seed ${seed}`);
}
