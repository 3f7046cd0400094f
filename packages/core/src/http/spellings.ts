/** A text in the one spelling in which texts are compared, with where each of its characters came from. */
export interface CanonicalText {
  readonly text: string;
  /** For each character, where its original begins. */
  readonly starts: readonly number[];
  /** For each character, where its original ends. */
  readonly ends: readonly number[];
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/**
 * What stands for other characters: in URLs, in HTML, in JSON and in source code. White space and control characters
 * count as one space.
 */
const escaped =
  /(?:%[\da-f]{2})+|&#x0*[\da-f]{1,6};?|&#0*\d{1,7};?|&(?:amp|lt|gt|quot|apos|nbsp);|\\+u(?:[\da-f]{4}|\{[\da-f]{1,6}\})|\\+x[\da-f]{2}|\\+[nrtbfv0]|\\+|[\s\p{Cc}+]+/giu;

/** How often a text may be encoded over again, such as JSON in JSON in a URL. */
const mostLayers = 3;

/** Undoes every everyday encoding of a text, drops the differences of case and of white space. */
export function canonicalText(original: string): CanonicalText {
  const positions = Array.from({ length: original.length }, (_, index) => index);
  let current: CanonicalText = {
    text: lowerCase(original),
    starts: positions,
    ends: positions.map((index) => index + 1),
  };
  for (let layer = 0; layer < mostLayers && current.text.search(escaped) >= 0; layer += 1) {
    const next = decoded(current);
    if (next.text === current.text) break;
    current = next;
  }
  return { ...current, text: lowerCase(current.text) };
}

/** The same, without the positions. */
function canonicalString(original: string): string {
  let text = lowerCase(original);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const next = text.replaceAll(escaped, (sequence) => lowerCase(decode(sequence)));
    if (next === text) break;
    text = next;
  }
  return lowerCase(text);
}

/** Undoes one layer of encoding. */
function decoded({ text, starts, ends }: CanonicalText): CanonicalText {
  const result = { text: "", starts: [] as number[], ends: [] as number[] };
  const add = (characters: string, from: number, to: number): void => {
    for (let index = 0; index < characters.length; index += 1) {
      result.starts.push(starts[from] as number);
      result.ends.push(ends[to - 1] as number);
    }
    result.text += characters;
  };
  const copy = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1) add(text[index] as string, index, index + 1);
  };
  let done = 0;
  for (const match of text.matchAll(escaped)) {
    copy(done, match.index);
    done = match.index + match[0].length;
    add(lowerCase(decode(match[0])), match.index, done);
  }
  copy(done, text.length);
  return result;
}

function decode(sequence: string): string {
  if (sequence.startsWith("%")) return percentDecoded(sequence);
  if (sequence.startsWith("&#"))
    return character(sequence.replace(/^&#x?|;$/gi, ""), /^&#x/i.test(sequence) ? 16 : 10);
  if (sequence.startsWith("&")) return entities[sequence.slice(1, -1).toLowerCase()] ?? sequence;
  if (/^[\s\p{Cc}+]/u.test(sequence)) return " ";
  const code = /[ux]\{?([\da-f]+)\}?$/i.exec(sequence)?.[1];
  if (code !== undefined) return character(code, 16);
  // A line break is white space, and so is its escape; of an escaped character, the character remains.
  return /[a-z0]$/i.test(sequence) ? " " : "";
}

function percentDecoded(sequence: string): string {
  try {
    return decodeURIComponent(sequence);
  } catch {
    return sequence.replaceAll(/%(..)/g, (_, code: string) => character(code, 16));
  }
}

function character(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Letters whose small form is longer stay as they are: positions must not shift. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (each) =>
    each.toLowerCase().length === each.length ? each.toLowerCase() : each,
  ).join("");
}

/** Shorter texts occur in any message by chance; removing them would make it unreadable. */
const shortestSecret = 4;

/** Long secrets are looked for in pieces, so that half of one is found as well. */
const longestPiece = 64;

/** All that has to be looked for in a canonical text: a secret, its lines, their pieces, and these as base64. */
export function spellingsOf(secret: string): readonly string[] {
  const spellings = new Set<string>();
  for (const line of new Set([secret, ...secret.split(/[\r\n]+/)])) {
    for (const piece of piecesOf(line.trim())) addSpellings(piece, spellings);
  }
  return [...spellings];
}

function* piecesOf(text: string): Generator<string> {
  const count = Math.ceil(text.length / longestPiece);
  const length = Math.ceil(text.length / count);
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

function addSpellings(piece: string, spellings: Set<string>): void {
  if (piece.length < shortestSecret) return;
  for (const spelling of [piece, piece.toUpperCase(), ...base64Of(piece)]) {
    const text = canonicalString(spelling).trim();
    if (text.length >= shortestSecret) spellings.add(text);
  }
}

/** A text in base64 and base64url, as it looks in the midst of other text: at each of the three offsets. */
function base64Of(text: string): string[] {
  const bytes = utf8(text);
  return [0, 1, 2].flatMap((offset) => {
    const padded = "\0".repeat(offset) + bytes;
    // What also depends on the bytes before and after is left out.
    const inner = btoa(padded).slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6));
    return inner.length < shortestSecret ? [] : [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** The bytes of a text, a character for each; without TextEncoder, which pages under test lack. */
function utf8(text: string): string {
  const wellFormed = text.replaceAll(/\p{Cs}/gu, "\ufffd");
  return encodeURIComponent(wellFormed).replaceAll(/%(..)/g, (_, code: string) => character(code, 16));
}
