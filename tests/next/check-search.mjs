import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { search } from "./search.mjs";

const text = "a value/+& of the=search";
const encoded = (/** @type {string} */ before) => Buffer.from(`${before}${text} after`).toString("base64");

/** What a program may write, each of which holds the text once. */
const written = {
  plain: `before ${text} after`,
  json: JSON.stringify({ text }),
  html: `<p>${text.replace("&", "&amp;")}</p>`,
  query: `?text=${encodeURIComponent(text)}`,
  form: new URLSearchParams({ text }).toString(),
  base64: encoded(""),
  "base64-1": encoded("x"),
  "base64-2": encoded("xy"),
  base64url: Buffer.from(`xy${text}`).toString("base64url"),
  gzip: gzipSync(`before ${text} after`),
  deflate: deflateSync(encoded("x")),
  brotli: brotliCompressSync(JSON.stringify({ body: encoded("xy") })),
};

/**
 * Shows that the search finds a text in every form, and nothing where there is none.
 *
 * @param {string} folder where to write the forms
 */
export function checkSearch(folder) {
  const forms = join(folder, "forms");
  mkdirSync(join(forms, "below"), { recursive: true });
  for (const [name, content] of Object.entries(written)) writeFileSync(join(forms, "below", name), content);
  const found = search(forms, { text }).map((line) => /** @type {string} */ (line.split(":")[0]));
  const missing = Object.keys(written).filter((name) => !found.includes(join("below", name)));
  assert.deepEqual(missing, [], "forms that the search does not find");
  assert.deepEqual(search(forms, { other: "another value" }), []);
  rmSync(forms, { recursive: true });
}
