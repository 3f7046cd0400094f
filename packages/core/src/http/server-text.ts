import type { Redact } from "./redact.ts";

const longestText = 2000;

/** How much of a text is looked at. */
const longestInput = 20_000;

/** More than a piece of a secret, escaped at that, which was cut in two and is therefore not recognized any more. */
const cutMargin = 1000;

/** Makes a text that came from outside fit to be printed: one line, without control characters, of limited length. */
export function printable(text: string, redact: Redact): string {
  const isCut = text.length > longestInput;
  const shown = oneLine(redact(isCut ? text.slice(0, longestInput) : text));
  if (!isCut && shown.length <= longestText) return shown;
  return `${(isCut ? shown.slice(0, -cutMargin) : shown).slice(0, longestText)}…`;
}

/** The escape sequences of terminals, which move the cursor, set colours or titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go.
const escapeSequence = /\u001b(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** Drops what moves a cursor, hides text or reorders it, line breaks among it. */
function oneLine(text: string): string {
  return text
    .replaceAll(escapeSequence, "")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
}

/** What is shown of `details`: the fields of issues, of the rules of permissions with their conditions, of approvals. */
const shownFields = new Set([
  ...["path", "code", "message", "expected", "validation", "minimum", "maximum", "type"],
  ...["action", "subject", "conditions", "inverted", "reason", "fields"],
  ...[
    "environment",
    "secretPath",
    "secretName",
    "secretTags",
    "rule",
    "$eq",
    "$ne",
    "$in",
    "$glob",
    "$all",
    "$regex",
  ],
  ...["id", "slug", "status", "hasMerged", "policyId", "committerUserId", "createdAt", "updatedAt"],
]);

const deepest = 8;
const mostValues = 1000;

/** What an error shows of the details that a server added: the fields that are known, with nothing secret in them. */
export function shownDetails(details: unknown, redact: Redact): unknown {
  let left = mostValues;
  const show = (value: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof value === "string") return printable(value, redact);
    if (typeof value !== "object" || value === null) return value;
    if (depth > deepest || left < 0) return undefined;
    if (Array.isArray(value)) return value.slice(0, left).map((item) => show(item, depth + 1));
    const shown = Object.entries(value).filter(([name]) => shownFields.has(name));
    return Object.fromEntries(shown.map(([name, inner]) => [name, show(inner, depth + 1)]));
  };
  return show(details, 0);
}
