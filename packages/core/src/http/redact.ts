import { bodySecrets } from "./request-secrets.ts";
import { canonicalText, spellingsOf } from "./spellings.ts";

/** Removes from a text whatever must be kept secret, in case somebody repeated it. */
export type Redact = (text: string) => string;

/** Beyond this many characters of secrets, to find their spellings takes longer than a message is worth. */
const mostCharacters = 200_000;

const mostKept = 100;
const longestKept = 4000;

/** Makes the redactions of one client, which remembers how its tokens and keys are spelled. */
export class Redaction {
  readonly #kept = new Map<string, readonly string[]>();

  /** Makes the redaction for some secrets, which are asked for when a text first needs it. */
  of(secrets: () => Iterable<string>): Redact {
    let spellings: SpellingIndex | undefined | null = null;
    return (text) => {
      if (spellings === null) spellings = this.#spellings(secrets());
      return spellings === undefined ? "[redacted]" : without(text, spellings);
    };
  }

  /** `undefined` if there are too many. */
  #spellings(secrets: Iterable<string>): SpellingIndex | undefined {
    const all: SpellingIndex = new Map();
    let characters = 0;
    for (const secret of new Set(secrets)) {
      characters += secret.length;
      if (characters > mostCharacters) return undefined;
      for (const spelling of this.#spellingsOf(secret)) add(spelling, all);
    }
    return all;
  }

  #spellingsOf(secret: string): readonly string[] {
    const known = this.#kept.get(secret);
    if (known) return known;
    const spellings = spellingsOf(secret);
    if (secret.length > longestKept) return spellings;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= mostKept) this.#kept.delete(oldest as string);
    this.#kept.set(secret, spellings);
    return spellings;
  }
}

/**
 * Removes secrets from a text of somebody else's that may repeat them, in whatever everyday spelling.
 *
 * Errors of requests need it not: the client does so itself, see `holdSecrets`.
 *
 * @param text - The text, such as the message of an error that a library threw.
 * @param secrets - A string, or an object or list that holds strings at any depth; those of fewer than four characters
 * stay.
 * @returns The text, with `[redacted]` in place of each.
 *
 * @example
 * import { withoutSecrets } from "@infisical/core/authoring";
 * withoutSecrets("refused: p%40ssword", { password: "p@ssword" }); // "refused: [redacted]"
 */
export function withoutSecrets(text: string, secrets: unknown): string {
  return new Redaction().of(() => bodySecrets({ data: secrets }))(text);
}

/** Spellings by how they begin: a text is gone through once, however many there are. */
type SpellingIndex = Map<string, string[]>;

/** No spelling is shorter. */
const beginning = 4;

function add(spelling: string, index: SpellingIndex): void {
  const begins = spelling.slice(0, beginning);
  const others = index.get(begins);
  if (others) others.push(spelling);
  else index.set(begins, [spelling]);
}

function without(text: string, index: SpellingIndex): string {
  const canonical = canonicalText(text);
  const hidden = new Uint8Array(text.length);
  let found = false;
  for (let at = 0; at + beginning <= canonical.text.length; at += 1) {
    for (const spelling of index.get(canonical.text.slice(at, at + beginning)) ?? []) {
      if (!canonical.text.startsWith(spelling, at)) continue;
      hidden.fill(1, canonical.starts[at], canonical.ends[at + spelling.length - 1]);
      found = true;
    }
  }
  return found ? masked(text, hidden) : text;
}

/** Replaces every run of hidden characters, however many secrets it is made of. */
function masked(text: string, hidden: Uint8Array): string {
  let result = "";
  for (let at = 0; at < text.length; ) {
    const isHidden = hidden[at] === 1;
    let end = at + 1;
    while (end < text.length && (hidden[end] === 1) === isHidden) end += 1;
    result += isHidden ? "[redacted]" : text.slice(at, end);
    at = end;
  }
  return result;
}
