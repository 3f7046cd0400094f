/**
 * Gives the text of a docstring as Markdown, without its tags. A link becomes the name that it leads to.
 *
 * @param {import("typedoc").Comment | undefined} comment
 * @returns {string}
 */
export function commentText(comment) {
  return comment === undefined ? "" : partsText(comment.summary);
}

/**
 * Gives the default that a docstring states, as Markdown.
 *
 * @param {import("typedoc").Comment | undefined} comment
 * @returns {string | undefined}
 */
export function defaultText(comment) {
  const tag = comment?.getTag("@defaultValue");
  if (tag === undefined) return undefined;
  const text = partsText(tag.content);
  // TypeDoc takes a default without Markdown for code, which most of them are.
  const [, code] = /^```ts\n([^\n]*)\n```$/.exec(text) ?? [];
  return code === undefined || code.includes(" ") ? (code ?? text) : `\`${code}\``;
}

/** @param {readonly import("typedoc").CommentDisplayPart[]} parts */
function partsText(parts) {
  return parts.map(({ kind, text }) => (kind === "inline-tag" ? `\`${text}\`` : text)).join("");
}
