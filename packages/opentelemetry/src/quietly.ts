/** Runs what belongs to others, such as a tracer: what it throws is ignored, since a call must not fail of it. */
export function quietly<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
