/** Whether two values are made of the same parts; fields that are `undefined` count as absent. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isContainer(left) || !isContainer(right) || Array.isArray(left) !== Array.isArray(right)) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => isSame(left[name], right[name]));
}

/** A copy of plain objects and lists; everything else, keys and functions say, is taken as it is. */
export function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)])) as Value;
}

/** All the text that printing a value could show: fields of any kind, causes, stacks, JSON. */
function printed(value: unknown, seen: Set<object> = new Set()): string {
  if (typeof value === "function") return "";
  if (typeof value !== "object" || value === null) return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  const fields = Reflect.ownKeys(value).map((key) => printed(fieldOf(value, key), seen));
  return [...fields, ...entriesOf(value).map((entry) => printed(entry, seen)), jsonOf(value)].join("\n");
}

/** Whether printing a value could show one of these texts, as it is or as JSON writes it. */
export function shows(value: unknown, texts: readonly string[]): boolean {
  const text = printed(value);
  return texts.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  // Not by comparing with Object.prototype: Jest has several of them.
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fieldOf(value: object, key: string | symbol): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

/** The entries of a Map, a Set, or Headers. */
function entriesOf(value: object): unknown[] {
  const { entries } = value as { entries?: unknown };
  if (typeof entries !== "function" || Array.isArray(value)) return [];
  try {
    return [...(entries.call(value) as Iterable<unknown>)];
  } catch {
    return [];
  }
}

function jsonOf(value: object): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
