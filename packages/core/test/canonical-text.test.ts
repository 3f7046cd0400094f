import { expect, test } from "vitest";
import { canonicalString, canonicalText } from "../src/http/canonical-text.ts";

/** Every way to write a text, and the text that it is compared as. */
const ways: readonly (readonly [string, string])[] = [
  ["AbC", "abc"],
  ["a%2Fb%41", "a/ba"],
  ["%C3%A9%E2%82%AC", "é€"],
  ["%C3x", "Ãx".toLowerCase()],
  ["%4", "%4"],
  ["&#x41;&#x0041;&#65;&#0065;", "aaaa"],
  ["&#x41&#65", "aa"],
  ["&#X2f;", "/"],
  ["&#x110000;", ""],
  ["&#1114112;", ""],
  ["&amp;&lt;&gt;&quot;&apos;&sol;&bsol;&equals;", "&<>\"'/="],
  ["&num;&percnt;&commat;&colon;&semi;", "#%@:;"],
  ["a&nbsp;b&newline;c&tab;d&plus;e", "a b c d e"],
  ["&AMP;", "&"],
  ["&nope;", "&nope;"],
  ["\\u0041\\u{41}\\u{000041}\\x41\\\\u0041", "aaaaa"],
  ["\\u41", "u41"],
  ["a\\nb\\rc\\td\\be\\vf\\fg\\0h", "a b c d e f g h"],
  ['a\\\\nb\\"c\\d', 'a b"cd'],
  ['it\'\'s ""it""', 'it\'s "it"'],
  ["a\u200bb\u00adc\ufe0fd\u034fe", "abcde"],
  ["a \t\n  b\u0001c++d", "a b c d"],
  ["%255Cu0041", "a"],
  ["%25252541", "%41"],
  ["İ", "İ"],
  ["ÀİB", "àİb"],
  ["\\ud83d\\ude00", "😀"],
];

test.each(ways)("%j is compared as %j, with positions and without", (original, text) => {
  expect(canonicalText(original).text).toBe(text);
  expect(canonicalString(original)).toBe(text);
});

test.each([
  ["ab", "b", [1, 2]],
  ["a%2Fb", "/", [1, 4]],
  ["a%2Fb", "b", [4, 5]],
  ["%C3%A9x", "é", [0, 6]],
  ["x%41%42y", "b", [1, 7]],
  ["a   b", " ", [1, 4]],
  ["a   b", "b", [4, 5]],
  ["a%2541b", "a", [0, 1]],
  ["x%2541b", "a", [1, 6]],
  ["x%2541b", "b", [6, 7]],
  ["&amp;lt;z", "<", [0, 8]],
  ["&amp;lt;z", "z", [8, 9]],
])("in %j, the %j is what stands at %j", (original, character, range) => {
  const { text, starts, ends } = canonicalText(original);
  const at = text.indexOf(character);
  expect([starts[at], ends[at]]).toEqual(range);
});
