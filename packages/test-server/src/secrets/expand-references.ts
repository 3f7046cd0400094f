import type { Project, Secret } from "../state/entities.ts";
import { findEnvironment, findFolder, folderPath } from "../state/folders.ts";

/** The location of a value: references without an environment are looked up there. */
export interface ReferenceLocation {
  readonly environment: string;
  readonly path: string;
}

const reference = /\$\{([^}]+)\}/g;

/** References below this depth are not expanded. */
const deepest = 10;

/**
 * Replaces `${KEY}` and `${environment.folder.KEY}` in the values of one project.
 *
 * A reference to a secret that does not exist stays unchanged, and so does a circular one.
 */
export class ReferenceExpander {
  readonly #project: Project;
  readonly #expanded = new Map<Secret, string>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** The value of a secret with its references expanded. */
  expandSecret(secret: Secret, value: string = secret.value): string {
    if (!value.includes("${")) return value;
    const location = locationOf(secret);
    const expanded = value.replace(
      reference,
      (written, name: string) => this.#resolve(name, location, [secret]) ?? written,
    );
    // As on the real server, the flag does the opposite of what its name says.
    return secret.skipMultilineEncoding && expanded.includes("\n")
      ? `"${expanded.replaceAll("\n", "\\n")}"`
      : expanded;
  }

  /** The value of a reference; `undefined` if it must stay unchanged. */
  #resolve(name: string, location: ReferenceLocation, expanding: readonly Secret[]): string | undefined {
    const target = this.#find(name, location);
    if (!target || expanding.includes(target)) return undefined;
    if (expanding.length > deepest) return target.value;
    const known = this.#expanded.get(target);
    if (known !== undefined) return known;
    const value = this.#expandTarget(target, [...expanding, target]);
    if (value !== undefined) this.#expanded.set(target, value);
    return value;
  }

  /** The expanded value of a referenced secret; `undefined` if it leads back to one that is being expanded. */
  #expandTarget(target: Secret, expanding: readonly Secret[]): string | undefined {
    const location = locationOf(target);
    let circular = false;
    const value = target.value.replace(reference, (written, name: string) => {
      const next = this.#resolve(name, location, expanding);
      if (next === undefined && this.#find(name, location)) circular = true;
      return next ?? written;
    });
    return circular ? undefined : value;
  }

  #find(name: string, location: ReferenceLocation): Secret | undefined {
    const parts = name.trim().split(".");
    const key = parts.pop() ?? "";
    const [environment = location.environment, ...folders] = parts;
    const path = parts.length === 0 ? location.path : `/${folders.join("/")}`;
    return findFolder(findEnvironment(this.#project, environment), path)?.secrets.get(key);
  }
}

function locationOf(secret: Secret): ReferenceLocation {
  return { environment: secret.folder.environment.slug, path: folderPath(secret.folder) };
}
