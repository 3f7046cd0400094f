/** One request, as the SDK passes it to its transport. */
export interface TestTransportRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The URL, including the query. The host does not matter, so a bare path is enough. */
  readonly url: string;
  /** The headers. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body.
   *
   * @defaultValue none
   */
  readonly body?: string | undefined;
  /** Whether the request can safely be sent twice. The server ignores it. */
  readonly idempotent?: boolean | undefined;
  /**
   * Ends the exchange when it aborts; the server can end it too.
   *
   * @defaultValue none
   */
  readonly signal?: AbortSignal | undefined;
}

/** One complete response. */
export interface TestTransportResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, with lower-case names. Values of a repeated header are joined by `", "`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; empty if there is none. */
  readonly body: string;
}

/** Sends one request to a test server. It has the shape of the SDK's `Transport`. */
export type TestTransport = (request: TestTransportRequest) => Promise<TestTransportResponse>;
