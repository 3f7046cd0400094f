/** A text in the spelling in which texts are compared, with the origin of each of its characters. */
export interface CanonicalText {
  readonly text: string;
  /** For each character, where its original begins. */
  readonly starts: Uint32Array;
  /** For each character, where its original ends. */
  readonly ends: Uint32Array;
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  sol: "/",
  bsol: "\\",
  equals: "=",
  plus: "+",
  num: "#",
  percnt: "%",
  commat: "@",
  colon: ":",
  semi: ";",
  newline: " ",
  tab: " ",
};

/**
 * What represents other characters in URLs, HTML, JSON and source code. White space and control characters count as
 * one space, doubled quotation marks as one; characters without width do not count.
 */
const escaped =
  /(?:%[\da-f]{2})+|&#x0*[\da-f]{1,6};?|&#0*\d{1,7};?|&(?:amp|lt|gt|quot|apos|nbsp|b?sol|equals|plus|num|percnt|commat|colon|semi|newline|tab);|\\+u(?:[\da-f]{4}|\{[\da-f]{1,6}\})|\\+x[\da-f]{2}|\\+[nrtbfv0]|\\+|''+|""+|[\p{Cf}\p{DI}]+|[\s\p{Cc}+]+/giu;

/** How many times a text can be encoded, such as JSON in JSON in a URL. */
const mostLayers = 3;

/** Undoes every everyday encoding of a text, and drops differences of case and white space. */
export function canonicalText(original: string): CanonicalText {
  const starts = new Uint32Array(original.length);
  const ends = new Uint32Array(original.length);
  for (let index = 0; index < original.length; index += 1) {
    starts[index] = index;
    ends[index] = index + 1;
  }
  let text = lowerCase(original);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const next = decodedOnce(text, starts, ends);
    if (next === text) break;
    text = next;
  }
  return { text: lowerCase(text), starts, ends };
}

/** The same, without the positions. */
export function canonicalString(original: string): string {
  let text = lowerCase(original);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const next = text.replaceAll(escaped, decodedSequence);
    if (next === text) break;
    text = next;
  }
  // Halves of a letter, escaped one by one, have no lower case until they are next to each other.
  return lowerCase(text);
}

/** Undoes one layer of encoding. An encoded character is never shorter, so positions only move to the front. */
function decodedOnce(text: string, starts: Uint32Array, ends: Uint32Array): string {
  let at = 0;
  let done = 0;
  const keep = (to: number): void => {
    if (at !== done) {
      starts.copyWithin(at, done, to);
      ends.copyWithin(at, done, to);
    }
    at += to - done;
    done = to;
  };
  const next = text.replaceAll(escaped, (sequence, index: number) => {
    const decoded = decodedSequence(sequence);
    keep(index);
    done = index + sequence.length;
    const start = starts[index] as number;
    const end = ends[done - 1] as number;
    starts.fill(start, at, at + decoded.length);
    ends.fill(end, at, at + decoded.length);
    at += decoded.length;
    return decoded;
  });
  keep(text.length);
  return next;
}

function decodedSequence(sequence: string): string {
  return lowerCase(decode(sequence));
}

function decode(sequence: string): string {
  if (sequence.startsWith("%")) return percentDecoded(sequence);
  if (sequence.startsWith("&#"))
    return character(sequence.replace(/^&#x?|;$/gi, ""), /^&#x/i.test(sequence) ? 16 : 10);
  if (sequence.startsWith("&")) return entities[sequence.slice(1, -1).toLowerCase()] ?? sequence;
  if (/^['"]/.test(sequence)) return sequence.charAt(0);
  if (/^[\p{Cf}\p{DI}]/u.test(sequence)) return "";
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

/** Letters whose lower case is longer are kept: positions must not shift. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (each) =>
    each.toLowerCase().length === each.length ? each.toLowerCase() : each,
  ).join("");
}
