import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/**
 * Searches every file of a folder for texts, in all forms that a program may give them.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} texts by what they are called in the result
 * @returns {string[]} one line for each file and text found there
 */
export function search(folder, texts) {
  const wanted = Object.entries(texts).flatMap(([name, text]) =>
    formsOf(text).map(([form, bytes]) => ({ name, form, bytes })),
  );
  return filesIn(folder).flatMap((path) => {
    const contents = contentsOf(readFileSync(path));
    const found = wanted.filter(({ bytes }) => contents.some((content) => content.includes(bytes)));
    return found.map(({ name, form }) => `${relative(folder, path)}: ${name}, ${form}`);
  });
}

/**
 * Gives the forms in which a text may be written; of base64, the part that is the same whatever stands around it.
 *
 * @param {string} text
 * @returns {[form: string, bytes: Buffer][]}
 */
function formsOf(text) {
  const base64 = [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    return bytes.toString("base64").slice(Math.ceil((offset * 4) / 3), Math.floor((bytes.length * 4) / 3));
  });
  const forms = [
    ["plain", text],
    ["in JSON", JSON.stringify(text).slice(1, -1)],
    ["in HTML", text.replaceAll("&", "&amp;")],
    ["URL-encoded", encodeURIComponent(text)],
    ["URL-encoded", new URLSearchParams([["", text]]).toString().slice(1)],
    ["hexadecimal", Buffer.from(text).toString("hex")],
    ["UTF-16", Buffer.from(text, "utf16le")],
    ...base64.map((part) => ["base64", part]),
    ...base64
      .filter((part) => /[+/]/.test(part))
      .map((part) => ["base64url", part.replaceAll("+", "-").replaceAll("/", "_")]),
  ];
  return forms.map(([form, written]) => [String(form), Buffer.from(/** @type {string} */ (written))]);
}

/**
 * Gives a file's content as it is and, where it is compressed, as it was before.
 *
 * @param {Buffer} content
 */
function contentsOf(content) {
  const [first, second] = content;
  const isGzip = first === 0x1f && second === 0x8b;
  // Brotli has no signature at its beginning.
  const decompress = isGzip ? gunzipSync : first === 0x78 ? inflateSync : brotliDecompressSync;
  try {
    return [content, decompress(content)];
  } catch {
    return [content];
  }
}

/**
 * @param {string} folder
 * @returns {string[]} the paths of its files, those of installed packages left out
 */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesIn(path);
    return entry.isFile() ? [path] : [];
  });
}
