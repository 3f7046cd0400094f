/**
 * Makes the anchor that GitHub gives a heading, so that a link to it holds there and on the site.
 *
 * @param {string} heading its text, without Markdown
 * @returns {string}
 */
export function githubSlug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}
