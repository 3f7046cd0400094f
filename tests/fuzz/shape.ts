/**
 * Where a value differs in kind from one like it. What callers and our own code rely on must be there and of its
 * type: the fields in `promised`, and every list and object at any depth. Other fields may be missing, `null`, or
 * whatever the server says: their types describe what servers send, and nobody checks them.
 */
export function differenceOf(usual: unknown, value: unknown, path = "the result"): string | undefined {
  const [wanted, found] = [kindOf(usual), kindOf(value)];
  if (wanted !== found) return `${path} is ${found}, and not ${wanted}`;
  if (wanted === "array") {
    const [item] = usual as unknown[];
    if (item === undefined) return undefined;
    for (const [index, each] of (value as unknown[]).entries()) {
      const difference = differenceOf(item, each, `${path}[${index}]`);
      if (difference !== undefined) return difference;
    }
  }
  if (wanted !== "object") return undefined;
  for (const [name, inner] of Object.entries(usual as object)) {
    const other = (value as Record<string, unknown>)[name];
    const isContainer = typeof inner === "object" && inner !== null && !free.has(name);
    const isThere = other !== undefined && other !== null;
    if (promised.has(name) || (isContainer && isThere)) {
      const difference = differenceOf(inner, other, `${path}.${name}`);
      if (difference !== undefined) return difference;
    }
  }
  return undefined;
}

/** What callers read without a look at whether it is there. */
const promised: ReadonlySet<string> = new Set([
  ...["secretKey", "secretValue", "secrets", "leases", "lease", "data", "expireAt"],
  ...["keys", "totalCount", "signature", "signatureValid"],
]);

/** What is in these is the provider's or the user's. */
const free: ReadonlySet<string> = new Set(["inputs", "data", "config", "metadata"]);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}
