/** Throws an error with this text unless the condition holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** What a call rejects with. Complains where it resolves, or does neither within a second. */
export async function rejectionOf(call: () => unknown, message: string): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<{ reason: unknown }>((resolve) => {
    timer = setTimeout(() => resolve({ reason: new Error(`${message} It is still waiting.`) }), 1000);
  });
  const outcome = (async () => call())().then(
    () => ({ reason: new Error(`${message} It succeeded.`) }),
    (error: unknown) => ({ rejection: error }),
  );
  const first = await Promise.race([outcome, tooLate]);
  clearTimeout(timer);
  if ("rejection" in first) return first.rejection;
  throw first.reason;
}

/** The text of anything caught, for a message. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
