import {
  fieldsOf,
  listOf,
  type OptionRule,
  optionError,
  requireFlag,
  requireString,
  requireText,
} from "@infisical/core/authoring";
import type { SecretMetadata } from "./secret.ts";

/**
 * Checks free-form metadata. Servers accept strings only, so other values are sent as JSON text; one that is `null` or
 * `undefined` is left out.
 */
export function metadata(option: string, value: unknown): Record<string, string> {
  return Object.fromEntries(textsOf(option, value));
}

/** Checks metadata entries: `{ key, value }` as servers know them, or records such as `{ owner: "ops" }`. */
export function metadataEntries(option: string, value: unknown): readonly SecretMetadata[] {
  return (listOf(entriesOf)(option, value) as SecretMetadata[][]).flat();
}

const entry: OptionRule = fieldsOf({
  key: requireText,
  "value?": requireScalar,
  "isEncrypted?": requireFlag,
});

function entriesOf(option: string, value: unknown): unknown[] {
  const fields = Object.keys(Object(value));
  // `{ value }` without a key, or nothing at all, is a mistake.
  const isRecord =
    fields.length > 0 && !["key", "value", "isEncrypted"].some((name) => fields.includes(name));
  if (!isRecord || Array.isArray(value) || typeof value !== "object") return [entry(option, value)];
  return textsOf(option, value).map(([key, text]) => ({ key, value: text }));
}

function textsOf(option: string, value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw optionError(option, "must be an object");
  return Object.entries(value).flatMap(([key, each]) =>
    each === undefined || each === null ? [] : [[key, textOf(`${option}.${key}`, each)] as [string, string]],
  );
}

function requireScalar(option: string, value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return textOf(option, value);
  return requireString(option, value);
}

/** The text of a value: a string or a date as it is, everything else as JSON. The error does not repeat it. */
function textOf(option: string, value: unknown): string {
  const json = typeof value === "number" && !Number.isFinite(value) ? undefined : toJson(value);
  if (json === undefined) throw optionError(option, "must be a string, or a value that JSON can express");
  return json.startsWith('"') ? JSON.parse(json) : json;
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
