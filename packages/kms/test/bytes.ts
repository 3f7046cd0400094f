/** Text as bytes, and as base64. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
