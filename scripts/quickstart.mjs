import { spawnSync } from "node:child_process";
import { install, pnpm, root } from "./pnpm.mjs";

console.log("Installing and building …");
const ready =
  install({ quiet: true }) &&
  pnpm(["exec", "turbo", "run", "build", "--filter=@infisical/example-quickstart^..."], { quiet: true });
if (!ready) process.exit(1);

const { status } = spawnSync(process.execPath, [`${root}examples/quickstart/quickstart.mjs`], {
  stdio: "inherit",
});
process.exit(status ?? 1);
