import { escaped } from "./escaped.mjs";

/** As many characters as a narrow screen shows in a line. */
const columns = 48;
const lineHeight = 18;
const margin = 14;
/** How long after a line the next one appears, in seconds. */
const pace = 0.4;

const style = `
    .screen { fill: #16181d; }
    text { fill: #d8dce5; font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; }
    .done { fill: #7ee2a8; }
    .command { fill: #9db4ff; }
    text { opacity: 0; animation: appear 0.01s forwards; }
    @keyframes appear { to { opacity: 1; } }
    @media (prefers-reduced-motion: reduce) {
      text { opacity: 1; animation: none; }
    }
`;

/**
 * Makes a picture of a terminal in which what the quickstart printed appears line by line, or at once for readers who
 * prefer less motion.
 *
 * @param {string} printed by `node examples/quickstart/quickstart.mjs` with a test server
 */
export function recording(printed) {
  const lines = ["$ npm run quickstart", ...steady(printed).trim().split("\n").flatMap(wrapped)];
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map((line, index) => {
    const kind = line.startsWith("$") ? "command" : line.includes("✓") ? "done" : "";
    const attribute = kind === "" ? "" : ` class="${kind}"`;
    const delay = `${(index * pace).toFixed(1)}s`;
    const y = margin + (index + 0.7) * lineHeight;
    return `<text${attribute} x="${margin}" y="${y.toFixed(1)}" style="animation-delay: ${delay}">${escaped(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 376 ${height}" width="470" height="${height * 1.25}" role="img" aria-labelledby="title">`,
    '  <title id="title">What npm run quickstart prints</title>',
    `  <style>${style}  </style>`,
    `  <rect class="screen" width="376" height="${height}" rx="8" />`,
    ...texts.map((text) => `  ${text}`),
    "</svg>\n",
  ].join("\n");
}

/**
 * Replaces what differs from run to run: the port and the name of the folder.
 *
 * @param {string} printed
 */
function steady(printed) {
  return printed
    .replaceAll("\r\n", "\n")
    .replaceAll(/localhost:\d+|127\.0\.0\.1:\d+/g, "localhost:8080")
    .replaceAll(/quickstart-\w+/g, "quickstart-4f7a");
}

/**
 * Breaks a line between words. What follows begins where the text of the line does.
 *
 * @param {string} line
 * @returns {string[]}
 */
function wrapped(line) {
  if (line.length <= columns) return [line];
  const indent = " ".repeat(/^(?: {2}✓ .{10} | *)/.exec(line)?.[0].length ?? 0);
  const end = line.lastIndexOf(" ", columns);
  if (end <= indent.length) return [line];
  return [line.slice(0, end), ...wrapped(`${indent}${line.slice(end + 1)}`)];
}
