import { join } from "node:path";
import ts from "typescript";
import { entryNames } from "../../scripts/check-packages/check-entries.mjs";
import type { PackedPackage } from "../../scripts/pack.mjs";
import { installedFolder, packed, runNode } from "../packed/packed.ts";

/** What an entry exports: each name with what it is. */
export type Exports = ReadonlyMap<string, "class" | "function" | "value" | "type">;

type Kind = "import" | "require";

/** The declarations of each entry, of one kind. */
function filesOf(each: PackedPackage, kind: Kind): string[] {
  return entryNames(each.manifest).map((entry) =>
    join(installedFolder(each), each.manifest["exports"][entry][kind].types),
  );
}

/** All of them at once: they share most of what they load. */
const program = ts.createProgram(
  packed.packages.flatMap((each) => [...filesOf(each, "import"), ...filesOf(each, "require")]),
  { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
);
const checker = program.getTypeChecker();

/** Reads what each entry of a package exports, from one kind of its declarations. */
export function declaredExports(each: PackedPackage, kind: Kind): Map<string, Exports> {
  const entries = entryNames(each.manifest);
  const files = filesOf(each, kind);
  return new Map(
    entries.map((entry, index) => {
      const source = program.getSourceFile(files[index] ?? "");
      const symbol = source && checker.getSymbolAtLocation(source);
      if (!symbol) throw new Error(`${each.name}: the declarations of ${entry} are missing.`);
      const names = checker.getExportsOfModule(symbol).map((one) => [one.name, kindOf(one)] as const);
      return [entry, new Map(names.sort(([a], [b]) => (a < b ? -1 : 1)))];
    }),
  );
}

function kindOf(exported: ts.Symbol): "class" | "function" | "value" | "type" {
  const aliased = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const { flags } = aliased ? checker.getAliasedSymbol(exported) : exported;
  if (aliased && exported.declarations?.some(ts.isTypeOnlyExportDeclaration)) return "type";
  if (flags & ts.SymbolFlags.Class) return "class";
  if (flags & ts.SymbolFlags.Function) return "function";
  return flags & ts.SymbolFlags.Value ? "value" : "type";
}

/** Loads an entry in a process of its own and gives the names that are there. */
export function loadedNames(specifier: string, kind: "import" | "require"): string[] {
  const load = kind === "import" ? `await import("${specifier}")` : `require("${specifier}")`;
  const program = `(async () => console.log(JSON.stringify(Object.keys(${load}))))()`;
  const names: string[] = JSON.parse(runNode(["--input-type=commonjs", "--eval", program]));
  return names.sort();
}
