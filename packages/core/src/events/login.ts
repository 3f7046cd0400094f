import type { EventFields, EventSink } from "../contracts/events.ts";
import { isInfisicalError } from "../errors/errors.ts";
import type { Clock } from "../support/time.ts";
import { abortable } from "../support/wait.ts";
import { outcomeOf } from "./publish.ts";

/** After how long a login is worth a line at a terminal, in milliseconds. */
const slow = 2000;

/** Logs in or renews, and tells that it begins, that it takes long, and how it ends. */
export async function reportLogin<Result>(
  { events: { emit }, clock }: { readonly events: EventSink; readonly clock: Clock },
  about: EventFields["login-started"],
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!emit) return work();
  // A listener can make calls, and they must find the login in progress.
  await undefined;
  const startedAt = clock.now();
  const elapsed = (): number => Math.max(0, clock.now() - startedAt);
  const ended = new AbortController();
  emit("login-started", about);
  const tellIfSlow = async (): Promise<void> => {
    await clock.sleep(slow, ended.signal);
    if (!ended.signal.aborted) emit("login-slow", { ...about, elapsed: elapsed() });
  };
  tellIfSlow().catch(() => undefined);
  try {
    // A strategy that does not listen to the signal is over as well.
    const result = await abortable(work(), signal);
    emit("login-ended", { ...about, outcome: "succeeded", duration: elapsed() });
    return result;
  } catch (error) {
    // The end of its time is a failure; a switch to another identity and the end of the client are not.
    const isOverdue = isInfisicalError(error) && error.code === "TIMEOUT";
    const outcome = outcomeOf(error, isOverdue ? undefined : signal);
    emit("login-ended", { ...about, ...outcome, duration: elapsed() });
    throw error;
  } finally {
    ended.abort();
  }
}
