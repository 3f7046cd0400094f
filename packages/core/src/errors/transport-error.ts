/** What a {@link TransportError} is made of. */
export interface TransportErrorOptions {
  /** Whether a server can have seen the request; `true` where that is not known. */
  readonly sent: boolean;
  /**
   * What went wrong, as a stable word: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `ABORTED`, `RESPONSE_TOO_LARGE`.
   *
   * @defaultValue none
   */
  readonly code?: string | undefined;
}

/**
 * An exchange that brought no complete response. Transports reject with it, and with nothing else.
 *
 * The message must hold nothing that the request carried. Two codes have a meaning to the client: `ABORTED`, after
 * the request's signal aborted, and `RESPONSE_TOO_LARGE`, for a body beyond `maxResponseSize`.
 *
 * @example
 * import { TransportError } from "@infisical/core";
 * const refused = new TransportError("connect ECONNREFUSED 127.0.0.1:443", { sent: false, code: "ECONNREFUSED" });
 * console.log(refused.sent); // false
 */
export class TransportError extends Error {
  /** The class's name, by which other copies of this package recognize it. */
  override readonly name = "TransportError";

  /** Whether a server can have seen the request. Only where it is `false` may a write be sent again. */
  readonly sent: boolean;

  /** What went wrong, as a stable word; `undefined` where there is none. */
  readonly code: string | undefined;

  constructor(message: string, { sent, code }: TransportErrorOptions) {
    super(message);
    this.sent = sent;
    this.code = code;
  }
}

/** Whether a value is a {@link TransportError}, whichever copy of the package made it. */
export function isTransportError(error: unknown): error is TransportError {
  const { name, sent } = Object(error) as Partial<TransportError>;
  return name === "TransportError" && typeof sent === "boolean";
}
