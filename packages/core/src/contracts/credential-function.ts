import { InfisicalSDKError } from "../errors/errors.ts";
import { systemCodeText } from "../errors/make-error.ts";
import { abortable } from "../support/wait.ts";

/**
 * Calls a function that was passed as an option, and that returns a credential or a signature.
 *
 * What it throws is neither repeated nor chained, since that may contain the credential; only a code such as `ENOENT` is.
 *
 * @param option - The option's name, for the error.
 * @param call - Calls the function.
 * @param signal - Ends the wait; `undefined` to wait as long as the function takes.
 * @returns What the function returns.
 * @throws {InfisicalSDKError} `AUTH_FAILED`: the function failed.
 * @throws The signal's own reason.
 *
 * @example
 * import { askFunction } from "@infisical/core/logins";
 * const passwordOf = (password: () => Promise<string>, signal?: AbortSignal) =>
 *   askFunction("password", password, signal);
 */
export function askFunction<Result>(
  option: string,
  call: () => Result | Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const answered = async (): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted) throw error;
      const message = `The function passed as \`${option}\` failed${systemCodeText(error)}.`;
      throw new InfisicalSDKError(message, { code: "AUTH_FAILED" });
    }
  };
  return abortable(answered(), signal);
}
