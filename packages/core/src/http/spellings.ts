import { type CanonicalText, canonicalString } from "./canonical-text.ts";

/** Shorter texts occur in any message by chance; removing them would make it unreadable. */
const shortestSecret = 4;

/** This many characters in a row reveal a secret, even if the rest of it is cut off. */
const tellingLength = 12;

/** Everything that a secret can look like: plain, its lines, and these in base64, each in the spelling for comparison. */
export function spellingsOf(secret: string): readonly string[] {
  const spellings = new Set<string>();
  for (const line of new Set([secret, ...secret.split(/[\r\n]+/)])) {
    const text = line.trim();
    if (text.length < shortestSecret) continue;
    const escaped = [JSON.stringify(text).slice(1, -1), encodeURIComponent(wellFormed(text))];
    for (const spelling of [text, text.toUpperCase(), ...[text, ...escaped].flatMap(base64Of)]) {
      const canonical = canonicalString(spelling).trim();
      // A secret that is all escapes leaves nothing to compare: it is searched for literally.
      spellings.add(canonical.length < shortestSecret && spelling === text ? text : canonical);
    }
  }
  return [...spellings].filter((spelling) => spelling.length >= shortestSecret);
}

/** A text in base64 and base64url as it looks inside other text: at each of the three offsets. */
function base64Of(text: string): string[] {
  const bytes = utf8(text);
  return [0, 1, 2].flatMap((offset) => {
    const padded = "\0".repeat(offset) + bytes;
    // Characters that also depend on the bytes before and after are left out.
    const inner = btoa(padded).slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6));
    return inner.length < shortestSecret ? [] : [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** The bytes of a text, a character for each; without TextEncoder, which is missing in Jest's pages. */
function utf8(text: string): string {
  return encodeURIComponent(wellFormed(text)).replaceAll(/%(..)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, "\ufffd");
}

/** Finds spellings and their parts in a text, in a time that does not depend on how many there are. */
export class SpellingIndex {
  readonly #parts = new Set<string>();
  readonly #short = new Map<number, Set<string>>();
  readonly #literal: string[] = [];

  constructor(spellings: readonly string[]) {
    for (const spelling of spellings) {
      if (canonicalString(spelling).trim() !== spelling) this.#literal.push(spelling);
      else if (spelling.length < tellingLength) this.#addShort(spelling);
      for (let end = tellingLength; end <= spelling.length; end += 1)
        this.#parts.add(spelling.slice(end - tellingLength, end));
    }
  }

  #addShort(spelling: string): void {
    const same = this.#short.get(spelling.length);
    if (same) same.add(spelling);
    else this.#short.set(spelling.length, new Set([spelling]));
  }

  /** Marks the characters of a text that are, or might be, of a secret. */
  mark(original: string, { text, starts, ends }: CanonicalText, hidden: Uint8Array): void {
    for (const spelling of this.#literal) {
      for (let at = original.indexOf(spelling); at >= 0; at = original.indexOf(spelling, at + 1)) {
        hidden.fill(1, at, at + spelling.length);
      }
    }
    for (const [length, spellings] of [...this.#short, [tellingLength, this.#parts] as const]) {
      for (let at = 0; at + length <= text.length; at += 1) {
        if (spellings.has(text.slice(at, at + length))) hidden.fill(1, starts[at], ends[at + length - 1]);
      }
    }
  }
}
