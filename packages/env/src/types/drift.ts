/**
 * Compares a declaration file with what it should be, and says in lines which names differ. Its layout does not matter, so
 * that a formatter is free to change it.
 */
export function driftOf(actual: string, expected: string): string[] {
  const [before, after] = [fieldsOf(actual), fieldsOf(expected)];
  const changed = [...after].flatMap(([field, { name, optional }]) => {
    const old = before.get(field);
    if (!old) return `${name} is missing`;
    if (old.optional === optional) return [];
    return `${name} ${optional ? "can be missing, and is declared as always set" : "is always set, and is declared as optional"}`;
  });
  const gone = [...before].flatMap(([field, { name }]) =>
    after.has(field) ? [] : `${name} is declared, and does not exist`,
  );
  return [...new Set([...changed, ...gone])].sort();
}

interface Field {
  readonly name: string;
  readonly optional: boolean;
}

/** The declared fields, by their interface and name. */
function fieldsOf(text: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  let owner = "";
  for (const line of text.split(/\r?\n/)) {
    owner = /\binterface (\w+)/.exec(line)?.[1] ?? owner;
    const [, key, optional] =
      /^\s*(?:readonly\s+)?([A-Za-z_$][\w$]*|"(?:[^"\\]|\\.)*")(\?)?:\s*string;?\s*$/.exec(line) ?? [];
    if (key === undefined) continue;
    const name = key.startsWith('"') ? (JSON.parse(key) as string) : key;
    fields.set(`${owner}.${name}`, { name: key, optional: optional !== undefined });
  }
  return fields;
}
