import { readFileSync } from "node:fs";

const { compilerOptions } = JSON.parse(readFileSync(new URL("./tsconfig.json", import.meta.url), "utf8"));

/** The entries that users import; `#default-transport` is core's own. */
const entries = Object.fromEntries(
  Object.entries(compilerOptions.paths).filter(([name]) => name.startsWith("@")),
);

/** The API reference of every public entry. What has no docstring, or links nowhere, fails the build. */
export default {
  name: "Infisical SDK for TypeScript",
  entryPoints: Object.values(entries).flat(),
  tsconfig: "tsconfig.json",
  out: "docs/api",
  readme: "none",
  excludeInternal: true,
  // The step before checks the types.
  skipErrorChecking: true,
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true, rewrittenLink: true },
  packagesRequiringDocumentation: Object.keys(entries),
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
