import { importedPackages } from "../check-packages/imports.mjs";
import { box, heightOf, linesIn, picture, text, width } from "./draw.mjs";

/** @typedef {import("../check-packages/read-packages.mjs").Package} Package */

const margin = 8;
const gap = 8;

/** What the rows are, from the bottom. */
const rows = [
  "what everything is built on",
  "a login, a resource or a part of the client each",
  "built on those",
  "assembled for programs",
  "for a framework",
];

/**
 * Draws the packages in rows: each imports only from rows below its own.
 *
 * @param {readonly Package[]} packages
 */
export function house(packages) {
  const byName = new Map(packages.map((each) => [each.folder, each]));
  /** @type {(name: string) => number} */
  const rowOf = (name) => {
    const each = byName.get(name);
    const below = each === undefined ? [] : importedPackages(each).map(rowOf);
    return below.length === 0 ? 0 : 1 + Math.max(...below);
  };
  const alone = packages.filter((each) => each.folder !== "core" && importedPackages(each).length === 0);
  const placed = packages.filter((each) => !alone.includes(each));
  const drawn = rows.map((label, row) => ({
    label,
    names: placed.filter(({ folder }) => rowOf(folder) === row).map(({ folder }) => folder),
  }));
  const apart = { label: "on its own: imports none of them", names: alone.map(({ folder }) => folder) };
  const boxWidth = width - 2 * margin;
  /** @type {string[]} */
  const shapes = [];
  let y = margin;
  for (const { label, names } of [...drawn.reverse(), apart]) {
    const lines = linesIn(names.join(", "), boxWidth);
    const height = heightOf(lines.length + 1);
    shapes.push(...box({ x: margin, y, width: boxWidth, height }, []));
    shapes.push(...text(margin + 9, y + 19, [label], "strong"), ...text(margin + 9, y + 35, lines));
    y += height + gap;
  }
  return picture("The packages in rows; each imports only from the rows below", y, shapes);
}
