/** Why an exchange has no complete response. */
export type TransportErrorCode = "ABORTED" | "ECONNREFUSED" | "ECONNRESET" | "ERR_INVALID_URL";

const messages: Readonly<Record<TransportErrorCode, string>> = {
  ABORTED: "The request was aborted",
  ECONNREFUSED: "connect ECONNREFUSED",
  ECONNRESET: "read ECONNRESET",
  ERR_INVALID_URL: "The request's URL is invalid",
};

/** An exchange without a complete response. Clients recognize it by its name: this package imports none of theirs. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** Whether the server can have seen the request. */
  readonly sent: boolean;
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, { sent }: { readonly sent: boolean }) {
    super(messages[code]);
    this.sent = sent;
    this.code = code;
  }
}
