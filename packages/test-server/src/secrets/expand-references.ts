import type { Project, Secret } from "../state/entities.js";
import { findEnvironment, findFolder, folderPath } from "../state/folders.js";

/** Where a value stands: references without an environment are looked up there. */
export interface ReferencePlace {
  readonly environment: string;
  readonly path: string;
}

const reference = /\$\{([^}]+)\}/g;

/** References below this depth are taken in as they are. */
const deepest = 10;

/**
 * Replaces `${KEY}` and `${environment.folder.KEY}` in the values of one project.
 *
 * A reference to nothing stays as it is written, and so does one whose expansion would run in a circle.
 */
export class ReferenceExpander {
  readonly #project: Project;
  readonly #expanded = new Map<Secret, string>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** The value of a secret with all that it refers to. */
  expandSecret(secret: Secret, value: string = secret.value): string {
    if (!value.includes("${")) return value;
    const place = placeOf(secret);
    const expanded = value.replace(
      reference,
      (written, name: string) => this.#resolve(name, place, [secret]) ?? written,
    );
    // The flag's name says the opposite of what it does, here as on the real server.
    return secret.skipMultilineEncoding && expanded.includes("\n")
      ? `"${expanded.replaceAll("\n", "\\n")}"`
      : expanded;
  }

  /** What a reference stands for; `undefined` where it must stay as it is. */
  #resolve(name: string, place: ReferencePlace, open: readonly Secret[]): string | undefined {
    const target = this.#find(name, place);
    if (!target || open.includes(target)) return undefined;
    if (open.length > deepest) return target.value;
    const known = this.#expanded.get(target);
    if (known !== undefined) return known;
    const value = this.#expandTarget(target, [...open, target]);
    if (value !== undefined) this.#expanded.set(target, value);
    return value;
  }

  /** The expanded value of a secret referred to; `undefined` when it leads back to one that is being expanded. */
  #expandTarget(target: Secret, open: readonly Secret[]): string | undefined {
    const place = placeOf(target);
    let circular = false;
    const value = target.value.replace(reference, (written, name: string) => {
      const next = this.#resolve(name, place, open);
      if (next === undefined && this.#find(name, place)) circular = true;
      return next ?? written;
    });
    return circular ? undefined : value;
  }

  #find(name: string, place: ReferencePlace): Secret | undefined {
    const parts = name.trim().split(".");
    const key = parts.pop() ?? "";
    const [environment = place.environment, ...folders] = parts;
    const path = parts.length === 0 ? place.path : `/${folders.join("/")}`;
    return findFolder(findEnvironment(this.#project, environment), path)?.secrets.get(key);
  }
}

function placeOf(secret: Secret): ReferencePlace {
  return { environment: secret.folder.environment.slug, path: folderPath(secret.folder) };
}
