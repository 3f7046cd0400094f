import { oneLine } from "../errors/errors.ts";
import { canonicalText } from "./canonical-text.ts";
import { bodySecrets } from "./secrets.ts";
import { SpellingIndex, spellingsOf } from "./spellings.ts";

/** Removes from a text whatever must stay secret, in case somebody repeated it. */
export type Redact = (text: string) => string;

/** With more characters of secrets than this, finding their spellings takes longer than a message is worth. */
const mostCharacters = 200_000;

/** The secrets of later errors are mostly those of earlier ones: tokens, keys, leases in use. Bounds the memory of them. */
const mostKept = 24;
const longestKept = 1000;

/** More new secrets than this come from a batch, and are not looked for one by one. */
const mostApart = 20;

/** Creates the redactions of one client, and remembers the spellings of its tokens and keys. */
export class Redaction {
  readonly #kept = new Map<string, SpellingIndex>();

  /** Creates the redaction for some secrets, which are read when a text first needs it. */
  of(secrets: () => Iterable<string>): Redact {
    let indexes: readonly SpellingIndex[] | undefined | null = null;
    return (text) => {
      if (indexes === null) indexes = this.#indexes(new Set(secrets()));
      return indexes === undefined ? "[redacted]" : without(text, indexes);
    };
  }

  /** `undefined` if there are too many. */
  #indexes(secrets: ReadonlySet<string>): readonly SpellingIndex[] | undefined {
    const indexes: SpellingIndex[] = [];
    const fresh: string[] = [];
    let characters = 0;
    for (const secret of secrets) {
      characters += secret.length;
      if (characters > mostCharacters) return undefined;
      const known = this.#kept.get(secret);
      if (known) indexes.push(this.#keep(secret, known));
      else fresh.push(secret);
    }
    if (fresh.length > mostApart) return [...indexes, new SpellingIndex(fresh.flatMap(spellingsOf))];
    return [...indexes, ...fresh.map((secret) => this.#keep(secret, new SpellingIndex(spellingsOf(secret))))];
  }

  /** Keeps the spellings of a secret; those that were not needed for longest give way. */
  #keep(secret: string, index: SpellingIndex): SpellingIndex {
    if (secret.length > longestKept) return index;
    this.#kept.delete(secret);
    this.#kept.set(secret, index);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept) this.#kept.delete(oldest as string);
    return index;
  }
}

/**
 * Removes secrets from a third party's text that may repeat them, in whatever everyday spelling.
 *
 * Errors of requests do not need it: the client redacts them itself, see `holdSecrets`.
 *
 * @param text - The text, such as the message of an error that a library threw.
 * @param secrets - A string, or an object or list that contains strings at any depth; strings of fewer than four
 * characters stay.
 * @returns The text, with `[redacted]` instead of each.
 *
 * @example
 * import { withoutSecrets } from "@infisical/core/authoring";
 * withoutSecrets("refused: p%40ssword", { password: "p@ssword" }); // "refused: [redacted]"
 */
export function withoutSecrets(text: string, secrets: unknown): string {
  return new Redaction().of(() => bodySecrets({ data: secrets }))(text);
}

function without(text: string, indexes: readonly SpellingIndex[]): string {
  const canonical = canonicalText(text);
  const hidden = new Uint8Array(text.length);
  for (const index of indexes) index.mark(text, canonical, hidden);
  return masked(text, hidden);
}

/** Replaces every run of hidden characters, however many secrets it consists of. */
function masked(text: string, hidden: Uint8Array): string {
  let result = "";
  for (let at = 0; at < text.length; ) {
    const isHidden = hidden[at] === 1;
    let end = at + 1;
    while (end < text.length && (hidden[end] === 1) === isHidden) end += 1;
    const run = text.slice(at, end);
    result += isHidden ? run.replace(/(\s*)[\s\S]*?(\s*)$/, "$1[redacted]$2") : run;
    at = end;
  }
  return result;
}

const longestText = 2000;

/** How much of a text is looked at. */
const longestInput = 20_000;

/** Longer than an escaped piece of a secret that was cut in two, and is therefore not recognized any more. */
const cutMargin = 1000;

/** Makes a text from outside fit to be printed: one line, without control characters, of limited length. */
export function printable(text: string, redact: Redact, most: number = longestInput): string {
  const isCut = text.length > most;
  const shown = oneLine(redact(isCut ? text.slice(0, most) : text)).replaceAll(/ {2,}/g, " ");
  if (!isCut && shown.length <= longestText) return shown;
  return `${(isCut ? shown.slice(0, -cutMargin) : shown).slice(0, longestText)}…`;
}

/** The fields of `details` that are shown: those of issues, of permission rules with their conditions, of approvals. */
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

/** How many characters of `details` are examined: in total, and per text. */
const mostDetailCharacters = 50_000;
const longestDetail = 3000;

/** What an error shows of the details that a server added: the known fields, with nothing secret in them. */
export function shownDetails(details: unknown, redact: Redact): unknown {
  let left = mostValues;
  let characters = mostDetailCharacters;
  const showText = (text: string): string => {
    const most = Math.max(0, Math.min(longestDetail, characters));
    characters -= text.length;
    return printable(text, redact, most);
  };
  const show = (value: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof value === "string") return showText(value);
    if (typeof value === "number" && redact(String(value)) !== String(value)) return "[redacted]";
    if (typeof value !== "object" || value === null) return value;
    if (depth > deepest || left < 0) return undefined;
    if (Array.isArray(value)) return value.slice(0, left).map((item) => show(item, depth + 1));
    const shown = Object.entries(value).filter(([name]) => shownFields.has(name));
    return Object.fromEntries(shown.map(([name, inner]) => [name, show(inner, depth + 1)]));
  };
  return show(details, 0);
}
