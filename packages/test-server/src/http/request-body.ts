import { ApiError, badRequest } from "./api-error.js";
import type { Call } from "./call.js";

/** The largest body the server reads, in bytes. */
export const bodyLimit = 1_048_576;

/** The body as the routes' schemas see it: JSON, or `null` where none was sent. */
export function parseBody({ bodyText, headers }: Call): unknown {
  const contentType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (contentType === undefined && !bodyText) return null;
  if (contentType === "application/json") return parseJson(bodyText);
  if (contentType === "text/plain") return bodyText ?? "";
  throw new ApiError(415, "UnsupportedMediaType", `Unsupported Media Type: ${contentType}`);
}

function parseJson(text: string | undefined): unknown {
  if (!text) throw badRequest("Body cannot be empty when content-type is set to 'application/json'");
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("Body is not valid JSON but content-type is set to 'application/json'");
  }
}

/** The answer to a body over the limit. */
export function bodyTooLarge(): ApiError {
  return new ApiError(413, "PayloadTooLarge", "Request body is too large");
}
