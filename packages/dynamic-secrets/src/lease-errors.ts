import { InfisicalSDKError, InfisicalSDKRequestError, isInfisicalError } from "@infisical/core";

/** Whether an error says that the server no longer has the lease, and so has revoked its credentials. */
export function isGone(error: unknown): boolean {
  return isInfisicalError(error) && error.code === "NOT_FOUND";
}

/** Makes the same error without a lease's credentials, which a server's message may quote. */
export function errorWithoutCredentials(error: unknown, data: unknown): Error {
  const hide = (text: string): string => withoutCredentials(text, data);
  if (!isInfisicalError(error)) {
    const message = error instanceof Error ? error.message : "something was thrown that is no error.";
    return error instanceof Error && hide(message) === message ? error : new Error(hide(message));
  }
  if (error.name === "InfisicalSDKError")
    return new InfisicalSDKError(hide(error.message), { code: error.code });
  const { code, method, url, statusCode, requestId, retryAfter, text } = error;
  const details = error.details === undefined ? undefined : JSON.parse(hide(JSON.stringify(error.details)));
  return new InfisicalSDKRequestError(hide(text), {
    ...{ code, method, url, statusCode, requestId, details, retryAfter },
  });
}

/** Shorter texts occur in any message by chance; removing them would make it unreadable. */
const shortestCredential = 4;

/** Removes every text of a lease's `data` from a text, also as JSON writes it. */
export function withoutCredentials(text: string, data: unknown): string {
  const hidden = new Set<string>();
  JSON.stringify(data, (_, value: unknown) => {
    if (typeof value === "string" && value.length >= shortestCredential)
      hidden.add(value).add(JSON.stringify(value).slice(1, -1));
    return value;
  });
  const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, credential) => left.replaceAll(credential, "[redacted]"), text);
}
