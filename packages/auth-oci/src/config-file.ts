import { isUnavailable } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { loadNodeModule, requireTextFile, tokenUnavailable } from "@infisical/core/logins";
import { type KeyOwner, ownerFields, parseOwnerField, refused } from "./key-owner.ts";

/** An API key as a profile describes it. */
interface ProfileKey extends KeyOwner {
  readonly keyFile: string;
  readonly passphrase: string | undefined;
}

const cure =
  "Pass tenancy and the other options, or set OCI_CONFIG_FILE. Instance and resource principals cannot log in.";

/** Reads a profile of Oracle's config file. It is read at every login. */
export async function readProfile(
  configFile: string | undefined,
  profile: string | undefined,
): Promise<ProfileKey> {
  const given = configFile ?? firstVariable("OCI_CONFIG_FILE", "OCI_CLI_CONFIG_FILE");
  const path = await withHome(given ?? "~/.oci/config");
  const text = await requireTextFile("The config file", path).catch((error: unknown) => {
    throw isUnavailable(error) ? tokenUnavailable(`${(error as Error).message} ${cure}`) : error;
  });
  const name = profile ?? firstVariable("OCI_CONFIG_PROFILE", "OCI_CLI_PROFILE") ?? "DEFAULT";
  const profiles = parseProfiles(path, text);
  const own = profiles.get(name);
  if (!own) {
    const names = [...profiles.keys()].join(", ") || "lines without a profile";
    throw refused(`The config file ${path} has no profile ${name}, only ${names}.`);
  }
  // As in Oracle's tools, a profile has the values of DEFAULT that it does not set.
  const read = (key: string) => own.get(key) ?? profiles.get("DEFAULT")?.get(key);
  const fail = (rule: string) => refused(`The config file ${path}, profile ${name}: ${rule}.`);
  for (const key of ["security_token_file", "authentication_type"]) {
    if (read(key)) throw fail(`${key} is set, but only an API key can log in`);
  }
  const owner = ownerFields.map((field) => {
    const value = read(field) || (field === "region" && readVariable("OCI_REGION"));
    const parsed = parseOwnerField(field, value, (rule) => fail(`${field} ${value ? rule : "must be set"}`));
    return [field, parsed];
  });
  const keyFile = read("key_file");
  if (!keyFile) throw fail("key_file must be set");
  return {
    ...(Object.fromEntries(owner) as KeyOwner),
    keyFile: await withHome(keyFile),
    passphrase: read("pass_phrase"),
  };
}

function firstVariable(...names: readonly string[]): string | undefined {
  return names.map(readVariable).find(Boolean);
}

/** A path in which `~` stands for the home folder. A relative one starts in the working directory, as in Oracle's tools. */
export async function withHome(path: string): Promise<string> {
  const os = await loadNodeModule<{ homedir(): string }>("os");
  return path.replace(/^~(?=[/\\])/, (home) => os?.homedir() ?? home);
}

function parseProfiles(path: string, text: string): Map<string, Map<string, string>> {
  const profiles = new Map<string, Map<string, string>>();
  let values = new Map<string, string>();
  for (const [index, line] of text
    .split("\n")
    .map((each) => each.trim())
    .entries()) {
    const name = /^\[(.+)\]$/.exec(line)?.[1]?.trim();
    if (name) {
      values = profiles.get(name) ?? new Map();
      profiles.set(name, values);
      continue;
    }
    if (line === "" || /^[#;]/.test(line)) continue;
    const [, key, value = ""] = /^([^#=[]+?)\s*=\s*(.*)$/.exec(line) ?? [];
    // Passed over, a header with a mistake would give its values to the profile before.
    if (!key)
      throw refused(
        `The config file ${path}, line ${index + 1}: must be [PROFILE], key=value, or a comment.`,
      );
    values.set(key, value);
  }
  return profiles;
}
