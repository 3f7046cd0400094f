import type { Options } from "tsup";
import { writeDeclarations } from "./scripts/declarations.mjs";
import { thirdPartyLicenses } from "./scripts/third-party-licenses.mjs";

/** What a build is made from: the source of each entry, by the entry's name. */
export interface LibraryOptions extends Options {
  readonly entry: Record<string, string>;
}

/** How every package is built: ESM, CommonJS and a declaration file for each. */
export function library(options: LibraryOptions): Options {
  const { entry, tsconfig, dts = { entry: writeDeclarations(entry, tsconfig) } } = options;
  return {
    format: ["esm", "cjs"],
    target: "es2022",
    platform: "neutral",
    clean: true,
    treeshake: true,
    esbuildPlugins: [thirdPartyLicenses()],
    ...options,
    dts,
  };
}
