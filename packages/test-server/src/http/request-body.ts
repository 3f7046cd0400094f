import type { Call } from "./call.ts";

/** The largest body the server reads, in bytes. */
export const bodyLimit = 1_048_576;

/**
 * The body as the routes' schemas see it: JSON, or `null` where none was sent.
 *
 * A body that cannot be read is not an API error: the real server's framework rejects it, which results in a bare 500.
 */
export function parseBody({ bodyText, headers }: Call): unknown {
  const contentType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (contentType === undefined && !bodyText) return null;
  if (contentType === "application/json") return parseJson(bodyText);
  if (contentType === "text/plain") return bodyText ?? "";
  throw new Error(`Unsupported Media Type: ${contentType}`);
}

function parseJson(text: string | undefined): unknown {
  if (!text) throw new Error("Body cannot be empty when content-type is set to 'application/json'");
  return JSON.parse(text);
}
