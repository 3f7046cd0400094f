import type { HttpRequest, ResponseField, ResponseShape } from "../contracts/http-client.ts";

/** What a body lacks of what was expected, e.g. "secrets[2].secretKey (string)"; `undefined` if nothing. */
export function missingFrom(body: unknown, expect: HttpRequest["expect"]): string | undefined {
  if (expect === undefined) return undefined;
  const shapes = (Array.isArray(expect) ? expect : [expect]) as readonly ResponseShape[];
  const lacks: string[] = [];
  for (const shape of shapes) {
    const missing = missingField(body, shape, "");
    if (missing === undefined) return undefined;
    lacks.push(missing);
  }
  return lacks.join(" or ");
}

/** The first field of an object that is not there, or of another type. */
function missingField(value: unknown, shape: ResponseShape, path: string): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return described(path, "object");
  for (const name of Object.keys(shape)) {
    const field = shape[name] as ResponseField;
    const optional = name.endsWith("?");
    const key = optional ? name.slice(0, -1) : name;
    const inner = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (optional && (inner === undefined || inner === null)) continue;
    const missing = missingValue(inner, field, path === "" ? key : `${path}.${key}`);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingValue(value: unknown, field: ResponseField, path: string): string | undefined {
  if (typeof field === "string") return typeOf(value) === field ? undefined : described(path, field);
  if (!isList(field)) return missingField(value, field, path);
  if (!Array.isArray(value)) return described(path, "array");
  for (const [index, item] of value.entries()) {
    const missing = missingValue(item, field[0], `${path}[${index}]`);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function isList(field: ResponseField): field is readonly [ResponseField] {
  return Array.isArray(field);
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function described(path: string, type: string): string {
  return path === "" ? "its object" : `\`${path}\` (${type})`;
}
