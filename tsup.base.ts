import type { Options } from "tsup";
import { thirdPartyLicenses } from "./scripts/third-party-licenses.mjs";

/** How every package is built: ESM, CommonJS and a declaration file for each. */
export function library(options: Options = {}): Options {
  return {
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    target: "es2022",
    platform: "neutral",
    dts: true,
    clean: true,
    treeshake: true,
    esbuildPlugins: [thirdPartyLicenses()],
    ...options,
  };
}
