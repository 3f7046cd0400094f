import { execFileSync } from "node:child_process";
import { readText } from "./read-text.mjs";
import { isChangeset } from "./release/changesets.mjs";
import { missingChangesets } from "./release/missing-changesets.mjs";

// Run where the change is checked out; the argument is what it is to be merged into.
const [base = "origin/main"] = process.argv.slice(2);

/** @param {string} filter which kinds of change */
function changed(filter) {
  const args = ["diff", "--name-only", "--no-renames", `--diff-filter=${filter}`, `${base}...HEAD`];
  return execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);
}

const changesets = changed("AM")
  .filter((file) => file.startsWith(".changeset/") && isChangeset(file))
  .map((file) => ({ file, text: readText(file) }));
const violations = missingChangesets(changed("ADM"), changesets);
for (const violation of violations) console.error(violation);
console.log(`${changesets.length} changesets since ${base}, ${violations.length} missing.`);
process.exitCode = violations.length > 0 ? 1 : 0;
