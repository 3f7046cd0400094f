import { InfisicalSDKError, type InfisicalSDKErrorOptions } from "./infisical-sdk-error.ts";

/** What an {@link InfisicalSDKRequestError} is made of. */
export interface InfisicalSDKRequestErrorOptions extends InfisicalSDKErrorOptions {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The address without its query. */
  readonly url: string;
  /** The status of the reply; absent where none arrived. */
  readonly statusCode?: number | undefined;
  /** The server's own id of the request, for its logs; absent where none was sent. */
  readonly requestId?: string | undefined;
  /**
   * What the server added: the list of a failed validation, the rules of a refused permission, an approval;
   * `undefined` where it added nothing.
   */
  readonly details?: unknown;
  /** How long the server asked to wait, in seconds; absent where it did not. */
  readonly retryAfter?: number | undefined;
}

/**
 * A request that failed: the server refused it, or no usable reply came back.
 *
 * @example
 * import { createClient, InfisicalSDKRequestError } from "@infisical/core";
 * const client = createClient();
 * try {
 *   await client.request({ method: "GET", path: "/api/status" });
 * } catch (error) {
 *   if (error instanceof InfisicalSDKRequestError && error.statusCode === 404) console.error(error.url);
 * }
 */
export class InfisicalSDKRequestError extends InfisicalSDKError {
  /** Tells this kind of error from the other one. */
  override readonly name = "InfisicalSDKRequestError";

  /** The HTTP method, in capitals. */
  readonly method: string;

  /** The address without its query. */
  readonly url: string;

  /** The status of the reply; `undefined` where none arrived. */
  readonly statusCode: number | undefined;

  /** The server's own id of the request, for its logs; older servers send none. */
  readonly requestId: string | undefined;

  /**
   * What the server added: the list of a failed validation, the rules of a refused permission, an approval;
   * `undefined` where it added nothing.
   */
  readonly details: unknown;

  /** How long the server asked to wait, in seconds; `undefined` where it did not. */
  readonly retryAfter: number | undefined;

  constructor(text: string, options: InfisicalSDKRequestErrorOptions) {
    super(formatMessage(text, options), options);
    this.method = options.method;
    this.url = options.url;
    this.statusCode = options.statusCode;
    this.requestId = options.requestId;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

function formatMessage(text: string, { url, method, statusCode }: InfisicalSDKRequestErrorOptions): string {
  const status = statusCode === undefined ? "" : ` [StatusCode=${statusCode}]`;
  return `[URL=${url}] [Method=${method}]${status} ${text}`;
}
