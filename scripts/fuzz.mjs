import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { install, pnpm } from "./pnpm.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string" }, runs: { type: "string" }, seed: { type: "string" } },
});

for (const [name, value] of Object.entries(values)) {
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} must be a whole number, got ${value}`);
}

const seed = values.seed ?? String(randomInt(2 ** 31));
process.env["FUZZ_SEED"] = seed;
if (values.runs !== undefined) process.env["FUZZ_RUNS"] = values.runs;
else process.env["FUZZ_SECONDS"] = values.seconds ?? "300";

console.log(`Fuzzing from seed ${seed}: npm run fuzz -- --seed ${seed} does the same again.`);
const args = ["exec", "vitest", "run", "tests/fuzz", "--typecheck.enabled=false", "--no-file-parallelism"];
process.exitCode = install({ quiet: true }) && pnpm(args) ? 0 : 1;
