import { spawnSync } from "node:child_process";
import { install, pnpm, root } from "./pnpm.mjs";

console.log("Installing, building and fetching the runtimes (about 1 GB the first time) …");
if (!install({ quiet: true }) || !pnpm(["exec", "turbo", "run", "build"], { quiet: true })) process.exit(1);
// A runtime that cannot be fetched has a row that says so.
pnpm(["--dir", "tests/runtimes", "install", "--frozen-lockfile"], { quiet: true });

const { status } = spawnSync(process.execPath, [`${root}tests/runtimes/run.mjs`], { stdio: "inherit" });
process.exit(status ?? 1);
