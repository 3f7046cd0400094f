import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { plot } from "./plot.mjs";
import { subjects } from "./subjects.mjs";

// npm run fleet -- [CLIENTS] [PLAN] [--plot]
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const [clients = "1000", plan = "cloud-pro"] = words;

/** How many logins, and how many lists, an address can send in a minute. */
const limits = { "cloud-free": [90, 120], "cloud-pro": [200, 300] };
const limit = limits[/** @type {keyof typeof limits} */ (plan)];
if (!limit) throw new Error(`The plan must be one of ${Object.keys(limits).join(", ")}, got ${plan}`);
if (!/^[1-9]\d{0,5}$/.test(clients)) throw new Error(`The number of clients must be whole, got ${clients}`);

/**
 * @typedef {{
 *   readonly subject: string, readonly clients: number, readonly first: number, readonly median: number,
 *   readonly last: number, readonly sent: number, readonly refused: number, readonly curve: readonly number[]
 * }} Outcome
 */

const program = fileURLToPath(new URL("fleet.mjs", import.meta.url));
const outcomes = Object.keys(subjects).map((subject) => {
  console.error(`${clients} clients, ${subject} …`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, subject, clients, plan], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The fleet of ${subject} failed: ${stderr}`);
  return /** @type {Outcome} */ (JSON.parse(stdout));
});

const windows = Math.ceil(Number(clients) / Math.min(...limit));
console.log(`${clients} clients, ${plan}. No policy is faster than ${(windows - 1) * 60} s.\n`);
console.log("| program | first | median | last | requests | refused |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const { subject, first, median, last, sent, refused } of outcomes) {
  console.log(`| ${subject} | ${first} s | ${median} s | ${last} s | ${sent} | ${refused} |`);
}
if (process.argv.includes("--plot")) {
  writeFileSync(new URL(`fleet-${clients}.svg`, import.meta.url), plot(outcomes, (windows - 1) * 60));
}
