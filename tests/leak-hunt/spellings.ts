export const base64 = (text: string): string => Buffer.from(text).toString("base64");
const ascii = (text: string): string =>
  text.replaceAll(/[^ -~]|[\\"/]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
const html = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** How a server, a proxy or a log may spell what it repeats. It shares no code with what hides these spellings. */
export const spellings: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  trimmed: (text) => text.trim(),
  "in capitals": (text) => text.toUpperCase(),
  "in small letters": (text) => text.toLowerCase(),
  JSON: (text) => JSON.stringify(text),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)),
  "JSON with escaped slashes": (text) => JSON.stringify(text).replaceAll("/", "\\/"),
  "JSON in ASCII": ascii,
  URL: (text) => encodeURIComponent(text),
  "URL in small letters": (text) => encodeURIComponent(text).toLowerCase(),
  "URL twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  HTML: html,
  "HTML with numbers": (text) =>
    text.replaceAll(/[^a-z\d]/giu, (each) => `&#x${each.codePointAt(0)?.toString(16)};`),
  "line feeds": (text) => text.replaceAll("\r\n", "\n"),
  "carriage returns": (text) => text.replaceAll(/\r?\n/g, "\r\n"),
  base64,
  "base64 without padding": (text) => base64(text).replaceAll("=", ""),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "base64 after one byte": (text) => base64(`:${text}`),
  "base64 after two bytes": (text) => base64(`a:${text}`),
  "base64 among others": (text) => base64(`user:${text} and more`),
};
