import { isInfisicalError } from "@infisical/core";

/** @typedef {import("./plan.mjs").Plan} Plan */
/** @typedef {import("./bench.mjs").Bench} Bench */
/** @typedef {Awaited<ReturnType<ReturnType<typeof createOutcomeOf>>>} Outcome */

/** Nothing in the run means these: secrets exist, the identity may do everything, its credentials are right. */
const meantByNobody = ["NOT_FOUND", "FORBIDDEN", "AUTH_FAILED"];

/** What a function with a lease throws. */
export const ownError = new Error("thrown by the function that uses the lease");

/**
 * Makes the function that runs a call of a plan, and says what came of it.
 *
 * @param {Bench} bench
 */
export function createOutcomeOf({ server, route, signals, figures }) {
  /**
   * Runs a call with its faults and its signal, and says how it ended.
   *
   * @param {Plan} plan
   * @param {{ path: string, match: import("@infisical/test-server").FailureMatch, isPrompt: boolean }} where
   * @param {(signal: AbortSignal | undefined) => Promise<unknown>} run
   */
  async function outcomeOf({ call, fault, times, isUntrusted, random }, { path, match, isPrompt }, run) {
    const restarts = figures.restarts;
    const wasDown = route.isDown;
    const failedLogins = route.failedLogins;
    const wasLoginFailing = route.isLoginFailing;
    const failing = fault && server.fail({ ...match, times }, fault.failure);
    const { signal, wasAborted, isReason, end } = signals.make(random, { isPrompt });
    if (isUntrusted) route.divert(path);
    /** @type {unknown} */
    let result;
    /** @type {unknown} */
    let error;
    try {
      result = await run(signal);
    } catch (reason) {
      // What was thrown without a reason must not look like a success.
      error = reason ?? new TypeError(`the call rejected with ${reason}`);
    }
    end();
    failing?.remove();
    const met = failing && failing.count > 0 ? fault : undefined;
    const outcome = {
      result,
      error,
      code: isInfisicalError(error) ? error.code : undefined,
      wasAborted,
      isAborted: error !== undefined && isReason(error),
      met,
      /** How often a page had a status of the server's own refusals. */
      pages: met?.isPage && [401, 403, 429].includes(statusOf(met)) ? (failing?.count ?? 0) : 0,
      isDiverted: route.takeDiverted(path),
      isRestart: wasDown || figures.restarts !== restarts,
      isLogin: wasLoginFailing || route.failedLogins !== failedLogins,
    };
    count(outcome, call);
    return outcome;
  }

  /**
   * @param {{ error: unknown, code: string | undefined, isAborted: boolean, wasAborted: boolean, met: import("./faults.mjs").Fault | undefined }} outcome
   * @param {number} call
   */
  function count({ error, code, isAborted, wasAborted, met }, call) {
    const name = isAborted ? "aborted" : (code ?? (error === undefined ? "ok" : "own error"));
    figures.codes[name] = (figures.codes[name] ?? 0) + 1;
    if (isAborted) figures.aborted += 1;
    else if (error !== undefined) figures.failed += 1;
    const what = `call ${call} with ${met?.name ?? "no fault"}: ${describe(error)}`;
    if (error !== undefined && !code && !isAborted && error !== ownError)
      figures.blame("foreignErrors", what);
    if (code && meantByNobody.includes(code)) figures.blame("misnamed", what);
    if (wasAborted && !isAborted) figures.blame("foreignErrors", `though aborted before, ${what}`);
  }

  return outcomeOf;
}

/** @param {import("./faults.mjs").Fault} fault */
function statusOf({ failure }) {
  return "status" in failure ? (failure.status ?? 0) : 0;
}

/**
 * An error in words, for an example of what went wrong.
 *
 * @param {unknown} error
 */
export function describe(error) {
  if (error === undefined) return "no error";
  const { code = "", message = String(error) } = /** @type {{ code?: unknown, message?: string }} */ (
    Object(error)
  );
  return `${code} ${message}`;
}
