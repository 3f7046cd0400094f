import { existsSync, readdirSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join } from "node:path";
import { isWithin } from "../is-within.mjs";
import { isIdentifier } from "../new-package/fill.mjs";
import { root } from "../pnpm.mjs";
import { formsFor } from "./forms.mjs";

/** What a package of one's own can be. */
const kinds = /** @type {const} */ (["resource", "auth", "transport"]);

/** The names that core refuses for a plugin: `reserved` in packages/core/src/contracts/plugin.ts. */
const reserved = ["auth", "request", "close", "then", "toJSON"];

/** Logins of the server whose packages here have other names. */
const logins = ["jwt", "spiffe"];

/**
 * Tells why a package cannot be created there, in one sentence; `undefined` if it can.
 *
 * @param {string} folder its whole path
 * @param {string} kind
 * @returns {string | undefined}
 */
export function refusalOf(folder, kind) {
  const name = basename(folder);
  const got = `got ${JSON.stringify(name)}.`;
  const mustBe = "The folder's name is the package's, so it must";
  if (!kinds.some((each) => each === kind)) {
    return `The kind must be one of ${kinds.join(", ")}, got ${JSON.stringify(kind)}.`;
  }
  if (!/^[a-z\d][a-z\d._-]*$/.test(name)) {
    return `${mustBe} begin with a lower-case letter or a digit and have only those and ".", "_" and "-" in it, ${got}`;
  }
  if (name.length > 214) return `${mustBe} have at most 214 characters, ${got}`;
  if (name === "node_modules" || name === "favicon.ico" || builtinModules.includes(name)) {
    return `${mustBe} not be one that npm refuses, such as that of a module of Node, ${got}`;
  }
  const forms = formsFor(name, kind);
  if (!isIdentifier(forms.name) || reserved.includes(forms.name)) {
    return `${mustBe} be one that a plugin can have in code, not a word of JavaScript or of the client, ${got}`;
  }
  if (
    kind === "auth" &&
    (logins.includes(forms.kebab) || existsSync(join(root, `packages/auth-${forms.kebab}`)))
  ) {
    return `${mustBe} not be that of a login that Infisical has already, ${got}`;
  }
  const nearest = nearestExisting(folder);
  if (isWithin(nearest, root)) {
    return `The folder must be outside this repository, where npm run new-package creates packages, got ${JSON.stringify(folder)}.`;
  }
  if (!statSync(nearest).isDirectory() || (nearest === folder && readdirSync(folder).length > 0)) {
    return `The folder must be new or empty, and not below a file, got ${JSON.stringify(folder)}.`;
  }
  return undefined;
}

/**
 * Returns a path, or what there is of it.
 *
 * @param {string} path
 */
function nearestExisting(path) {
  let existing = path;
  while (!existsSync(existing)) existing = dirname(existing);
  return existing;
}
