import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";
import { type PackedPackage, specifiersOf } from "../../scripts/pack.mjs";

/** What the tests of packed packages share: it is packed and installed once. */
export interface Packed {
  /** A user's project, where npm has installed the tarballs; `fixtures` of the consumers are in `src`. */
  readonly project: string;
  /** The same, installed by pnpm: a package sees only what it declares. */
  readonly strictProject: string;
  readonly packages: readonly PackedPackage[];
}

declare module "vitest" {
  interface ProvidedContext {
    readonly packed: Packed;
  }
}

/** The packed and installed packages. */
export const packed: Packed = inject("packed");

/** Where the files of an installed tarball are. */
export function installedFolder({ name }: PackedPackage): string {
  return join(packed.project, "node_modules", name);
}

/** How users import all there is, and what of it promises to run everywhere. */
export const specifiers: ReturnType<typeof specifiersOf> = specifiersOf(packed.packages);

/** Runs Node in a user's project; gives what it prints, and fails with all that it printed. */
export function runNode(args: readonly string[], cwd: string = packed.project): string {
  // What the surrounding test runner sets must not reach the consumer.
  const { PATH = "", HOME = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { PATH, HOME, NO_COLOR: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
