import { InfisicalSDKError } from "@infisical/core";
import { fromBase64 } from "./base64.ts";

/** The bytes of a reply's field. */
export function replyBytes(field: string, text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes) return bytes;
  throw new InfisicalSDKError(`The reply's \`${field}\` is no base64.`, { code: "INVALID_RESPONSE" });
}
