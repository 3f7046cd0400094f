import { type CallOptions, isInfisicalError, type PluginContext } from "@infisical/core";
import { abortable, abortReason, onAbort, rewordRequestError } from "@infisical/core/authoring";
import { type CertificateRequest, isFinal, readState } from "./request-state.ts";

/** How long it is until the first look, and at most until the next one, in milliseconds. */
const firstPause = 1_000;
const longestPause = 10_000;

/** How to wait for a request. */
interface WaitOptions extends CallOptions {
  /** How long, in milliseconds. */
  readonly wait: number;
}

/** Asks again and again until nothing more will become of a request, or the time has passed. */
export async function waitForRequest(
  { http, clock, onClose }: PluginContext,
  request: CertificateRequest,
  { wait, signal, timeout }: WaitOptions,
): Promise<CertificateRequest> {
  const ending = new AbortController();
  const forget = [
    onAbort(signal, () => ending.abort(abortReason(signal as AbortSignal))),
    onClose((reason) => ending.abort(reason)),
  ];
  const now = (): number => clock.monotonic?.() ?? clock.now();
  const began = now();
  let latest = request;
  try {
    for (let pause = firstPause; !isFinal(latest); pause = Math.min(pause * 1.5, longestPause)) {
      const left = wait - (now() - began);
      if (left <= 0) break;
      const sleep = Math.min(pause * (1 + Math.random() / 4), left);
      await abortable(clock.sleep(sleep, ending.signal), ending.signal);
      latest = await readState(http, request.certificateRequestId, { signal, timeout });
    }
    return latest;
  } catch (error) {
    throw withId(error, request);
  } finally {
    for (const each of forget) each();
  }
}

/** Adds to an error which request to ask for later: it goes on without whoever has waited. */
function withId(error: unknown, { certificateRequestId }: CertificateRequest): unknown {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return error;
  const advice = `The certificate request ${certificateRequestId} goes on: getRequest tells what becomes of it.`;
  return rewordRequestError(error, (text) => `${text} ${advice}`);
}
