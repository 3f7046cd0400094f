import { InfisicalSDKError, InfisicalSDKRequestError, isInfisicalError } from "@infisical/core";
import { withoutSecrets } from "@infisical/core/authoring";

/** Whether an error says that the server no longer has the lease, and so has revoked its credentials. */
export function isGone(error: unknown): boolean {
  return isInfisicalError(error) && error.code === "NOT_FOUND";
}

/** Makes the same error without a lease's credentials, which a server's message may quote. */
export function errorWithoutCredentials(error: unknown, data: unknown): Error {
  const hide = (text: string): string => withoutSecrets(text, data);
  if (!isInfisicalError(error)) {
    const message = error instanceof Error ? error.message : "something was thrown that is no error.";
    return error instanceof Error && hide(message) === message ? error : new Error(hide(message));
  }
  if (error.name === "InfisicalSDKError")
    return new InfisicalSDKError(hide(error.message), { code: error.code });
  const { code, method, url, statusCode, requestId, retryAfter, text } = error;
  return new InfisicalSDKRequestError(hide(text), {
    ...{ code, method, url, statusCode, requestId, retryAfter },
    details: mapTexts(error.details, hide),
  });
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]));
}
