import { optionError } from "@infisical/core/authoring";

/** Fewer different characters are a pattern that somebody typed. */
const fewestDifferent = 8;

/** Checks the option `fallbackKey`. No error repeats it. */
export function parseFallbackKey(option: string, value: unknown): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (/^[\w+/=-]{32,}$/.test(text) && new Set(text).size >= fewestDifferent) return text;
  throw optionError(
    option,
    "must be at least 32 random characters in base64 or hexadecimal, such as the output of `openssl rand -base64 32`",
  );
}
