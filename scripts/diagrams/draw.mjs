import { escaped } from "./escaped.mjs";

/** As wide as the narrowest screens are, so that the text never has to shrink. */
export const width = 360;
/** How much larger a picture is where there is room. */
const scale = 1.25;

const lineHeight = 16;
const padding = 9;
/** The width of a character on average, of text and of bold text. */
const characterWidth = { box: 6.3, lead: 6.9 };

/** The colors, which a reader's system chooses: GitHub shows a picture without the style of its page. */
const style = `
    .paper { fill: #ffffff; }
    .box { fill: #f1f3f8; stroke: #8a94a8; }
    .lead { fill: #e3e9ff; stroke: #4a61c9; }
    .line { fill: none; stroke: #5b6577; }
    .tip { fill: #5b6577; }
    text { fill: #22272f; font: 12px ui-sans-serif, system-ui, sans-serif; }
    .strong { font-weight: 600; }
    .note { fill: #4d5663; font-style: italic; }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #1b1b1f; }
      .box { fill: #26282f; stroke: #6f788a; }
      .lead { fill: #232c52; stroke: #8b9df5; }
      .line { stroke: #a3acbd; }
      .tip { fill: #a3acbd; }
      text { fill: #e6e8ee; }
      .note { fill: #b4bccb; }
    }
`;

/**
 * Makes a picture of what is drawn.
 *
 * @param {string} title
 * @param {number} height
 * @param {readonly string[]} shapes
 */
export function picture(title, height, shapes) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * scale}" height="${height * scale}" role="img" aria-labelledby="title">`,
    `  <title id="title">${escaped(title)}</title>`,
    `  <style>${style}  </style>`,
    `  <rect class="paper" width="${width}" height="${height}" rx="8" />`,
    ...shapes.map((shape) => `  ${shape}`),
    "</svg>\n",
  ].join("\n");
}

/**
 * Breaks a text into lines that fit into a box.
 *
 * @param {string} text
 * @param {number} boxWidth
 * @param {"box" | "lead"} [kind]
 * @returns {string[]}
 */
export function linesIn(text, boxWidth, kind = "box") {
  const longest = Math.floor((boxWidth - 2 * padding) / characterWidth[kind]);
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * How high a box with this many lines is.
 *
 * @param {number} lines
 */
export function heightOf(lines) {
  return lines * lineHeight + 2 * padding - 4;
}

/**
 * Draws a box with text in the middle of its height.
 *
 * @param {object} place
 * @param {number} place.x
 * @param {number} place.y
 * @param {number} place.width
 * @param {number} place.height
 * @param {readonly string[]} lines
 * @param {"box" | "lead"} [kind]
 * @returns {string[]}
 */
export function box({ x, y, width, height }, lines, kind = "box") {
  const rect = `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6" />`;
  const top = y + (height - heightOf(lines.length)) / 2 + padding + 10;
  return [rect, ...text(x + padding, top, lines, kind === "lead" ? "strong" : "")];
}

/**
 * Writes lines of text.
 *
 * @param {number} x
 * @param {number} y of the first base line
 * @param {readonly string[]} lines
 * @param {string} [kind] `strong` or `note`
 * @returns {string[]}
 */
export function text(x, y, lines, kind = "") {
  const attribute = kind === "" ? "" : ` class="${kind}"`;
  return lines.map(
    (line, index) => `<text${attribute} x="${x}" y="${y + index * lineHeight}">${escaped(line)}</text>`,
  );
}

/**
 * Draws an arrow, to the right or down.
 *
 * @param {number} fromX
 * @param {number} fromY
 * @param {number} toX
 * @param {number} toY
 * @returns {string[]}
 */
export function arrow(fromX, fromY, toX, toY) {
  const tip =
    fromY === toY
      ? `${toX},${toY} ${toX - 6},${toY - 4} ${toX - 6},${toY + 4}`
      : `${toX},${toY} ${toX - 4},${toY - 6} ${toX + 4},${toY - 6}`;
  return [
    `<path class="line" d="M${fromX} ${fromY}L${toX} ${toY}" />`,
    `<polygon class="tip" points="${tip}" />`,
  ];
}
