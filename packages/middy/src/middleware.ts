/** What Lambda tells a function about a call: the fields that middy's own types ask for. */
export interface LambdaContext {
  /** Whether a callback waits until nothing is left to do. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** The function's name. */
  functionName: string;
  /** The function's version. */
  functionVersion: string;
  /** The ARN by which the function was called. */
  invokedFunctionArn: string;
  /** The function's memory, in MB. */
  memoryLimitInMB: string;
  /** The id of the call. */
  awsRequestId: string;
  /** The group of the function's log. */
  logGroupName: string;
  /** The stream of the instance's log. */
  logStreamName: string;
  /** Returns how many milliseconds are left. */
  getRemainingTimeInMillis(): number;
  /** Ends a call of a function with a callback. */
  done(error?: Error, result?: unknown): void;
  /** Ends such a call with an error. */
  fail(error: Error | string): void;
  /** Ends such a call with a result. */
  succeed(messageOrObject: unknown): void;
}

/** The fields of Lambda's context, which a secret must not replace: some are in every line of a log. */
const namesOfContext: Readonly<
  Record<keyof LambdaContext | "clientContext" | "identity" | "tenantId", true>
> = {
  awsRequestId: true,
  callbackWaitsForEmptyEventLoop: true,
  clientContext: true,
  done: true,
  fail: true,
  functionName: true,
  functionVersion: true,
  getRemainingTimeInMillis: true,
  identity: true,
  invokedFunctionArn: true,
  logGroupName: true,
  logStreamName: true,
  memoryLimitInMB: true,
  succeed: true,
  tenantId: true,
};

/** Whether Lambda's context has a field of this name. */
export function isNameOfContext(name: string): boolean {
  return Object.hasOwn(namesOfContext, name);
}

/** What middy passes to each middleware. */
export interface MiddyRequest<Context, Internal> {
  /** What the function was called with. */
  event: unknown;
  /** What Lambda tells, and with `setToContext` the values. */
  context: Context;
  /** What the function returns. */
  // biome-ignore lint/suspicious/noExplicitAny: middy infers the type from other middlewares
  response: any;
  /** Why the function failed. */
  error: Error | null;
  /** What middlewares tell each other, and the values. */
  internal: Internal;
}

/** What `infisical()` returns, for middy's `use`. */
export interface InfisicalMiddleware<Context, Internal> {
  /**
   * Sets the values, before the handler runs.
   *
   * @param request - What middy passes.
   */
  before: (request: MiddyRequest<Context, Internal>) => Promise<void>;
}
