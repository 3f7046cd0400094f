import type { HttpRequest } from "../contracts/http-client.ts";

/** Fields of a query or a body that say which thing a request is about, and what they are called everywhere. */
const identifying: ReadonlyMap<string, string> = new Map([
  ["dynamicSecretName", "dynamicSecretName"],
  ["environment", "environment"],
  ["environmentSlug", "environment"],
  ["secretPath", "path"],
  ["path", "path"],
  ["projectId", "projectId"],
  ["workspaceId", "projectId"],
  ["projectSlug", "projectSlug"],
  ["workspaceSlug", "projectSlug"],
]);

/** What a request is about, by the names and places that it states; values are never among them. */
export function targetOf({ target, query, body }: HttpRequest): Record<string, string> {
  const found: Record<string, string> = {};
  for (const fields of [target, query, body]) {
    for (const [field, value] of entriesOf(fields)) {
      const name = identifying.get(field) ?? (fields === target ? field : undefined);
      if (name !== undefined && typeof value === "string" && value !== "") found[name] = value;
    }
  }
  return found;
}

/** None where a getter or a proxy throws: whoever sends it finds out, and has an error for it. */
function entriesOf(fields: unknown): readonly [string, unknown][] {
  if (typeof fields !== "object" || fields === null) return [];
  try {
    return Object.entries(fields);
  } catch {
    return [];
  }
}

/** The target as the end of a sentence, such as `secretName "KEY", environment "dev"`; empty if nothing is known. */
export function targetText(target: Readonly<Record<string, string>>): string {
  return Object.entries(target)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
}
