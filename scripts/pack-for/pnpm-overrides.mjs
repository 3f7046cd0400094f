import { parseDocument } from "yaml";
import { Refusal } from "./refusal.mjs";

/**
 * Writes overrides into pnpm-workspace.yaml, with whatever else is in it.
 *
 * @param {string} text as it is, empty where the file does not exist
 * @param {Readonly<Record<string, string>>} overrides
 * @param {(version: unknown) => boolean} isFormer whether an override is one of an earlier run
 * @returns {string}
 * @throws {Refusal} The file is not YAML.
 */
export function withYamlOverrides(text, overrides, isFormer) {
  const document = parseDocument(text);
  if (document.errors[0] !== undefined) {
    throw new Refusal(`pnpm-workspace.yaml cannot be read: ${document.errors[0].message.split("\n")[0]}`);
  }
  for (const [name, version] of Object.entries(document.toJS()?.["overrides"] ?? {})) {
    if (isFormer(version)) document.deleteIn(["overrides", name]);
  }
  for (const [name, version] of Object.entries(overrides)) document.setIn(["overrides", name], version);
  return document.toString();
}
