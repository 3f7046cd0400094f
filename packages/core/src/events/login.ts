import type { Emit, EventFields } from "../contracts/events.ts";
import { isInfisicalError } from "../errors/errors.ts";
import type { Token } from "../session/token.ts";
import type { Clock } from "../support/time.ts";
import { abortable } from "../support/wait.ts";
import { type Events, outcomeOf } from "./publish.ts";

/** After how long a login is worth a line at a terminal, in milliseconds. */
const slow = 2000;

/** Logs in or renews, and tells that it begins, that it takes long, and how it ends. */
export async function reportLogin(
  { events, clock }: { readonly events: Pick<Events, "piece">; readonly clock: Clock },
  about: EventFields["login-started"],
  signal: AbortSignal,
  work: () => Promise<Token>,
): Promise<Token> {
  const piece = events.piece();
  if (!piece) return work();
  // A listener can make calls, and they must find the login in progress.
  await undefined;
  return piece.begin("login-started", about, () => follow(piece.emit, clock, about, signal, work));
}

async function follow(
  emit: Emit,
  clock: Clock,
  about: EventFields["login-started"],
  signal: AbortSignal,
  work: () => Promise<Token>,
): Promise<Token> {
  const startedAt = clock.now();
  const elapsed = (): number => Math.max(0, clock.now() - startedAt);
  const ended = new AbortController();
  const tellIfSlow = async (): Promise<void> => {
    await clock.sleep(slow, ended.signal);
    if (!ended.signal.aborted) emit("login-slow", { ...about, elapsed: elapsed() });
  };
  tellIfSlow().catch(() => undefined);
  try {
    // A strategy that does not listen to the signal is over as well.
    const token = await abortable(work(), signal);
    const { identityId, organizationId } = token;
    const duration = elapsed();
    emit("login-ended", { ...about, outcome: "succeeded", duration, identityId, organizationId });
    return token;
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
