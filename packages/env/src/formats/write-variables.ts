import { optionError } from "@infisical/core/authoring";
import { dockerFormat } from "./docker.ts";
import { dotenvFormat } from "./dotenv.ts";
import type { ExportFormat } from "./format.ts";
import { jsonFormat } from "./json.ts";
import { shellFormat } from "./shell.ts";
import { yamlFormat } from "./yaml.ts";

/** The formats, by the names that the command knows. */
export const exportFormats: Readonly<Record<FormatName, ExportFormat>> = {
  dotenv: dotenvFormat,
  json: jsonFormat,
  yaml: yamlFormat,
  shell: shellFormat,
  docker: dockerFormat,
};

/** The name of a format. */
export type FormatName = "dotenv" | "json" | "yaml" | "shell" | "docker";

/**
 * Writes variables in a format, sorted by name.
 *
 * @param formatName - The format.
 * @param values - The variables.
 * @returns The text of a file, which the format's reader reads back as `values`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the format cannot hold some of the variables. The error names all of them, and
 * shows no value.
 */
export function writeVariables(formatName: FormatName, values: Readonly<Record<string, string>>): string {
  const format = exportFormats[formatName];
  const variables = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
  const badNames = variables.flatMap(([name]) => (format.holdsName(name) ? [] : [name]));
  const badValues: string[] = [];
  const written = variables.flatMap(([name, value]) => {
    if (!format.holdsName(name)) return [];
    const text = format.write(name, value);
    if (text === undefined) badValues.push(name);
    return text ?? [];
  });
  if (badNames.length + badValues.length === 0) return format.join(written);
  const refused = [
    ...(badNames.length > 0 ? [`the names ${shown(badNames)}`] : []),
    ...(badValues.length > 0 ? [`the values of ${shown(badValues)}`] : []),
  ].join(" and ");
  const cure = formatName === "yaml" ? "Use json for these" : "Use json or yaml for these";
  throw optionError("format", `${formatName} cannot hold ${refused}. ${format.limits} ${cure}`);
}

/** Names as a message shows them: odd ones in quotation marks. */
function shown(names: readonly string[]): string {
  return names.map((name) => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name))).join(", ");
}
