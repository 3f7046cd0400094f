import { optionError } from "../errors/option-error.ts";

/** Checks a call's `signal`: a controller in the place of its signal would end nothing. */
export function checkSignal(signal: AbortSignal | undefined): void {
  if (!signal || typeof signal.addEventListener === "function") return;
  throw optionError("signal", "must be an AbortSignal, such as a controller's `signal`", signal);
}
