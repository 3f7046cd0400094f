import { optionError } from "@infisical/core/authoring";

/** Checks that an entry of a list has fields to read. */
export function checkObject(option: string, value: unknown): void {
  if (typeof value !== "object" || value === null)
    throw optionError(option, "must be an object", unlessText(value));
}

/** What an error may show of what stands in the wrong place: a text may be a secret's value. */
export function unlessText(value: unknown): unknown {
  return typeof value === "string" ? undefined : value;
}
