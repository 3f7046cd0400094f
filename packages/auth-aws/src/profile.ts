import { readVariable } from "@infisical/core/authoring";

/** The parts of Node's modules in use here. */
interface NodeModules {
  readonly fs: { readFileSync(path: string, encoding: "utf8"): string };
  readonly os: { homedir(): string };
}

/** The settings of a profile by their names in AWS's files. */
export type ProfileSettings = ReadonlyMap<string, string>;

/** The name of the profile in use. */
export function profileName(): string {
  return readVariable("AWS_PROFILE") ?? "default";
}

/**
 * The settings of the profile in use, from the shared config and credentials files; the latter take precedence, as in
 * AWS's own SDK. Unreadable files and platforms without files have no settings.
 */
export function readProfile(): ProfileSettings {
  const name = profileName();
  const inConfig = name === "default" ? ["default", "profile default"] : [`profile ${name}`];
  const files = [
    [readVariable("AWS_CONFIG_FILE") ?? "~/.aws/config", inConfig],
    [readVariable("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials", [name]],
  ] as const;
  return new Map(files.flatMap(([file, sections]) => settingsIn(readText(file), sections)));
}

function readText(file: string): string {
  const fs = nodeModule("fs");
  try {
    return fs?.readFileSync(file.replace(/^~(?=\/)/, homeFolder), "utf8") ?? "";
  } catch {
    return "";
  }
}

function homeFolder(): string {
  return readVariable("HOME") ?? readVariable("USERPROFILE") ?? nodeModule("os")?.homedir() ?? "~";
}

/** Not imported: bundlers for other platforms would fail on it. */
function nodeModule<Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(name) as NodeModules[Name] | undefined;
}

/** The settings in some sections of an INI file. Indented lines below a setting without a value belong to it. */
function settingsIn(text: string, sections: readonly string[]): [name: string, value: string][] {
  const settings: [string, string][] = [];
  let inside = false;
  let nested = false;
  for (const line of text.split(/\r?\n/)) {
    const [content = ""] = line.split(/(?:^|\s)[;#]/);
    const trimmed = content.trim();
    const [, section] = /^\[(.*)\]$/.exec(trimmed) ?? [];
    if (section !== undefined) {
      inside = sections.includes(section.replace(/["']/g, "").trim().replace(/\s+/g, " "));
      nested = false;
      continue;
    }
    const at = trimmed.indexOf("=");
    if (!inside || at < 1) continue;
    const [name, value] = [trimmed.slice(0, at).trim(), trimmed.slice(at + 1).trim()];
    nested = value === "" || (nested && /^\s/.test(line));
    if (!nested) settings.push([name, value]);
  }
  return settings;
}
