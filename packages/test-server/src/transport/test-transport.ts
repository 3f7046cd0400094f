/** One request, as the SDK hands it to its transport. */
export interface TestTransportRequest {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The whole address, query included. The host does not matter, so a path alone is enough. */
  readonly url: string;
  /** The headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Default: no body. */
  readonly body?: string | undefined;
  /** Whether sending it twice does no harm. The server does not look at it. */
  readonly idempotent?: boolean | undefined;
  /** Ends the exchange when it aborts. Default: nothing does but the server. */
  readonly signal?: AbortSignal | undefined;
}

/** One complete response. */
export interface TestTransportResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, names in lower case; values of a repeated header are joined by `", "`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; empty where there is none. */
  readonly body: string;
}

/** Sends one request to a test server. It has the shape of the SDK's `Transport`. */
export type TestTransport = (request: TestTransportRequest) => Promise<TestTransportResponse>;
