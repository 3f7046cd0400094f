/** What can be said about a `fetch` that rejected, free of anything the request carried. */
export interface NetworkFailure {
  /** For the message, e.g. `connect ECONNREFUSED 127.0.0.1:8080`. */
  readonly text: string;
  /** Whether the request certainly never reached a server. */
  readonly neverSent: boolean;
}

/** Codes that Node and Bun give where no connection came about. */
const connectCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

/** Codes that mean the same only when they come from connecting. */
const routeCodes = new Set(["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** Reads the error of a failed `fetch`, whichever runtime made it. */
export function describeNetworkFailure(error: unknown): NetworkFailure {
  const chain = causes(error);
  const codes = chain.map(({ code }) => code).filter((code) => typeof code === "string");
  const messages = chain.map(({ message }) => message).filter((message) => typeof message === "string");
  return {
    // The innermost says most; the outermost is "fetch failed".
    text: messages.at(-1) || codes.at(-1) || "the connection failed",
    neverSent: chain.some(isConnectFailure),
  };
}

interface ErrorLike {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  /** Where several addresses were tried, what came of each. */
  readonly errors?: readonly unknown[];
}

function isConnectFailure({ code, syscall, message }: ErrorLike): boolean {
  if (typeof code === "string") {
    return connectCodes.has(code) || (routeCodes.has(code) && syscall === "connect");
  }
  // Deno gives no code, but names the step; "bad port" is a port that fetch itself refuses.
  return (
    typeof message === "string" && (message.includes("client error (Connect)") || message === "bad port")
  );
}

function causes(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  let current: unknown = error;
  while (typeof current === "object" && current !== null && chain.length < 5) {
    chain.push(current);
    const { cause, errors } = current as ErrorLike;
    current = cause ?? errors?.at(0);
  }
  return chain;
}
