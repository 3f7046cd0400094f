import type { InfisicalErrorCode } from "./error-code.ts";
import { errorMark } from "./error-mark.ts";

/** What an {@link InfisicalSDKError} is made of. */
export interface InfisicalSDKErrorOptions {
  /** The word to branch on. */
  readonly code: InfisicalErrorCode;
  /** The error behind this one, if it holds no credential; `undefined` where there is none. */
  readonly cause?: unknown;
}

/**
 * The base of every error that this SDK throws.
 *
 * Neither its fields nor its text hold a credential, a request body or a secret's value.
 *
 * @example
 * import { createClient, InfisicalSDKError } from "@infisical/core";
 * try {
 *   createClient({ timeout: "soon" });
 * } catch (error) {
 *   if (error instanceof InfisicalSDKError) console.error(error.code); // "INVALID_OPTION"
 * }
 */
export class InfisicalSDKError extends Error {
  /** The class's name, which minifiers leave alone and which tells the two kinds of errors apart. */
  override readonly name: "InfisicalSDKError" | "InfisicalSDKRequestError" = "InfisicalSDKError";

  /** The word to branch on; `docs/errors.md` lists them with cause and cure. */
  readonly code: InfisicalErrorCode;

  constructor(message: string, { code, cause }: InfisicalSDKErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.defineProperty(this, errorMark, { value: true });
  }
}
