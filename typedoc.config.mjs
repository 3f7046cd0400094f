import { readFileSync } from "node:fs";

const { compilerOptions } = JSON.parse(readFileSync(new URL("./tsconfig.json", import.meta.url), "utf8"));

/** The API reference of every public entry. What has no docstring, or links nowhere, fails the build. */
export default {
  name: "Infisical SDK for TypeScript",
  entryPoints: Object.values(compilerOptions.paths).flat(),
  tsconfig: "tsconfig.json",
  out: "docs/api",
  readme: "none",
  excludeInternal: true,
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true, rewrittenLink: true },
  packagesRequiringDocumentation: Object.keys(compilerOptions.paths),
  requiredToBeDocumented: [
    "Variable",
    "Function",
    "Class",
    "Interface",
    "Property",
    "Method",
    "Accessor",
    "TypeAlias",
  ],
};
