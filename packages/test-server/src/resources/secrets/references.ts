import { type FolderPlace, findEnvironment, findFolder } from "../folders/folders-state.ts";
import type { Project } from "../projects/project.ts";
import type { SecretVersion } from "./secrets-state.ts";

/** A part of a value that stands for another secret: `${KEY}` or `${environment.folder.KEY}`. */
const reference = /\$\{[\w.-]+\}/g;

/** References below this depth are not expanded. */
const deepest = 10;

/** The secret that a reference names. */
interface Target extends FolderPlace {
  readonly key: string;
}

/** Replaces the references in the value of a secret at a place. What does not exist is replaced by nothing. */
export function expandReferences(
  project: Project,
  place: FolderPlace,
  { key, value, skipMultilineEncoding }: Pick<SecretVersion, "key" | "value" | "skipMultilineEncoding">,
): string {
  if (referencesIn(value).length === 0) return value;
  let expanded = value;
  // The values whose references are still to be replaced, and the secrets that they are in.
  const pending = [{ ...place, value, above: [idOf({ ...place, key })] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const written of next.above.length > deepest + 1 ? [] : referencesIn(next.value)) {
      const target = targetOf(written, next);
      const replacement = currentValue(project, target);
      const id = idOf(target);
      // A secret inside itself is inserted once more, and its references are left.
      if (!next.above.includes(id)) {
        pending.push({ ...target, value: replacement, above: [...next.above, id] });
      }
      expanded = expanded.replaceAll(written, () => replacement);
    }
  }
  // As on the real server, the flag does the opposite of what its name says.
  return skipMultilineEncoding && expanded.includes("\n")
    ? `"${expanded.replaceAll("\n", "\\n")}"`
    : expanded;
}

/** The references in a value, each once. */
function referencesIn(value: string): string[] {
  return [...new Set(value.match(reference))];
}

function targetOf(written: string, place: FolderPlace): Target {
  const parts = written.slice(2, -1).split(".");
  const key = parts.pop() ?? "";
  const [environment, ...folders] = parts;
  if (environment === undefined) return { environment: place.environment, path: place.path, key };
  return { environment, path: `/${folders.filter((name) => name !== "").join("/")}`, key };
}

function currentValue(project: Project, { environment, path, key }: Target): string {
  return findFolder(findEnvironment(project, environment), path)?.secrets.get(key)?.value ?? "";
}

function idOf({ environment, path, key }: Target): string {
  return `${environment}:${path}:${key}`;
}
