import { spawnSync } from "node:child_process";
import { install, pnpm, root } from "./pnpm.mjs";

if (!install({ quiet: true }) || !pnpm(["exec", "turbo", "run", "build"], { quiet: true })) process.exit(1);

const { status } = spawnSync(process.execPath, [`${root}benchmarks/run.mjs`, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
