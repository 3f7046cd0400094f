import { arrow, box, heightOf, linesIn, picture, text, width } from "./draw.mjs";

/**
 * A step of a ladder: a question or a state, and what follows from it.
 *
 * @typedef {object} Step
 * @property {string} left
 * @property {string} [right] where the step leads to
 * @property {string} [across] what is written on the way there, such as `yes`
 * @property {string} [down] what is written on the way to the next step; without it, the next step stands on its own
 */

const margin = 8;
const leftWidth = 158;
const gap = 36;
const down = 26;

/**
 * Draws steps below each other, each with what follows from it on its right.
 *
 * @param {string} title
 * @param {readonly Step[]} steps
 */
export function ladder(title, steps) {
  const rightX = margin + leftWidth + gap;
  const rightWidth = width - rightX - margin;
  /** @type {string[]} */
  const shapes = [];
  let y = margin;
  for (const [index, step] of steps.entries()) {
    const left = linesIn(step.left, leftWidth, "lead");
    const right = step.right === undefined ? [] : linesIn(step.right, rightWidth);
    const height = heightOf(Math.max(left.length, right.length));
    shapes.push(...box({ x: margin, y, width: leftWidth, height }, left, "lead"));
    if (right.length > 0) {
      const middle = y + height / 2;
      shapes.push(...arrow(margin + leftWidth, middle, rightX, middle));
      shapes.push(...text(margin + leftWidth + 6, middle - 6, [step.across ?? ""].filter(Boolean), "note"));
      shapes.push(...box({ x: rightX, y, width: rightWidth, height }, right));
    }
    y += height;
    if (index === steps.length - 1) break;
    if (step.down !== undefined) {
      const x = margin + leftWidth / 2;
      shapes.push(...arrow(x, y, x, y + down), ...text(x + 8, y + 17, [step.down], "note"));
    }
    y += down;
  }
  return picture(title, y + margin, shapes);
}
