import {
  fieldsOf,
  folderPath,
  listOf,
  type OptionRule,
  type OptionRules,
  oneOf,
  optionError,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import { attachOptions } from "./environment.ts";
import { metadata, metadataEntries } from "./metadata.ts";

// The options of every call with their rules; `read-options.ts` and `write-options.ts` explain them.
const location = { projectId: requireText, environment: requireText, "secretPath?": folderPath };
const type = oneOf("shared", "personal");
const reading = { ...location, "expandSecretReferences?": requireFlag, "viewSecretValue?": requireFlag };
const slugs = listOf(oneSlug);

export const listRules: OptionRules = {
  ...reading,
  "includeImports?": requireFlag,
  "recursive?": requireFlag,
  "strict?": requireFlag,
  "tagSlugs?": slugs,
  "tagFilters?": slugs,
  "metadataFilter?": metadataFilter,
  "includePersonalOverrides?": requireFlag,
  "attachToProcessEnv?": attachOptions,
};

export const getRules: OptionRules = {
  secretName: requireText,
  ...reading,
  "includeImports?": requireFlag,
  "type?": type,
  "version?": wholeNumber(1),
};

export const getManyRules: OptionRules = {
  secretNames: listOf(requireText),
  ...reading,
  "includeImports?": requireFlag,
  "strict?": requireFlag,
};

const { "viewSecretValue?": _, ...forValues } = getManyRules;

/** Values that nobody is to see are not asked for. */
export const getValuesRules: OptionRules = forValues;

/** The fields of a secret besides its name and value. */
const fields = {
  "secretComment?": text,
  "secretReminderNote?": orNull(text),
  "secretReminderRepeatDays?": orNull(wholeNumber(0)),
  "skipMultilineEncoding?": orNull(requireFlag),
  "tagIds?": listOf(requireText),
  "metadata?": metadata,
  "secretMetadata?": metadataEntries,
};
const changes = { ...fields, "secretValue?": text, "newSecretName?": newName };

export const createRules: OptionRules = { ...location, secretValue: text, "type?": type, ...fields };

export const updateRules: OptionRules = {
  ...location,
  ...changes,
  "type?": type,
  "secretReminderRecipients?": listOf(requireText),
};

export const deleteRules: OptionRules = { ...location, "type?": type };

export const createManyRules: OptionRules = {
  ...location,
  secrets: batchOf({ secretKey: newName, secretValue: text, ...fields }),
};

export const updateManyRules: OptionRules = {
  ...location,
  "mode?": oneOf("failOnNotFound", "ignore", "upsert"),
  secrets: batchOf({ secretKey: requireText, "secretPath?": folderPath, ...changes }),
};

export const deleteManyRules: OptionRules = {
  ...location,
  secrets: batchOf({ secretKey: requireText, "type?": type }),
};

/** Checks a new name of a secret. Servers would accept one that no later request can address. */
export function newName(option: string, value: unknown): string {
  const name = requireText(option, value);
  if (/^\s*\.\.?\s*$/.test(name)) throw optionError(option, 'must not be "." or ".."', name);
  return name;
}

/** A string that can be empty. The error does not repeat what it got, which may be a secret's value. */
function text(option: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw optionError(option, "must be a string");
}

function orNull(rule: OptionRule): OptionRule {
  return (option, value) => (value === null ? null : rule(option, value));
}

/** A whole number, also as a string, because the documentation writes versions as strings. */
function wholeNumber(least: 0 | 1): OptionRule {
  return (option, value) => {
    const given =
      typeof value === "number" || (least === 1 && typeof value === "string") ? String(value) : "";
    if (/^\d{1,15}$/.test(given) && Number(given) >= least) return value;
    throw optionError(option, `must be a whole number from ${least}`, value);
  };
}

/** A list of at least one secret, without duplicates: older servers would create both. */
function batchOf(rules: OptionRules): OptionRule {
  const each = listOf(fieldsOf(rules));
  return (option, value) => {
    if (!Array.isArray(value) || value.length === 0) {
      throw optionError(
        option,
        "must be an array of at least one secret",
        typeof value === "string" ? undefined : value,
      );
    }
    const secrets = each(option, value) as { readonly secretKey: string; readonly secretPath?: string }[];
    const seen = new Set<string>();
    for (const [index, { secretKey, secretPath = "" }] of secrets.entries()) {
      const identity = `${secretPath}\n${secretKey.trim()}`;
      if (seen.has(identity)) {
        throw optionError(`${option}[${index}].secretKey`, "must occur once in a batch", secretKey);
      }
      seen.add(identity);
    }
    return secrets;
  };
}

function oneSlug(option: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && !value.includes(",")) return value;
  throw optionError(option, 'must be one slug, without ","', value);
}

const mostPairs = 10;

/** The server ignores a pair that it cannot read, and would then list too many secrets. */
function metadataFilter(option: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length > mostPairs)
    throw optionError(option, `must be an array of at most ${mostPairs} pairs`, value);
  return listOf(fieldsOf({ key: filterPart, value: filterPart }))(option, value);
}

/** The characters that separate the parts of a filter cannot be escaped. */
function filterPart(option: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && !/[,|=]/.test(value)) return value;
  throw optionError(option, 'must be a non-empty string without ",", "|" and "="', value);
}
