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
import { attachOptions } from "./attach.ts";

/** The options of every call, each with its rule. The types in `options/` say what they mean. */
const place = { projectId: requireText, environment: requireText, "secretPath?": folderPath };
const type = oneOf("shared", "personal");
const reading = { ...place, "expandSecretReferences?": requireFlag, "viewSecretValue?": requireFlag };
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

/** What a secret has beside its name and value. */
const fields = {
  "secretComment?": text,
  "secretReminderNote?": orNull(text),
  "secretReminderRepeatDays?": orNull(wholeNumber(0)),
  "skipMultilineEncoding?": orNull(requireFlag),
  "tagIds?": listOf(requireText),
  "metadata?": metadata,
  "secretMetadata?": listOf(fieldsOf({ key: requireText, "value?": text, "isEncrypted?": requireFlag })),
};
const changes = { ...fields, "secretValue?": text, "newSecretName?": newName };

export const createRules: OptionRules = { ...place, secretValue: text, "type?": type, ...fields };

export const updateRules: OptionRules = {
  ...place,
  ...changes,
  "type?": type,
  "secretReminderRecipients?": listOf(requireText),
};

export const deleteRules: OptionRules = { ...place, "type?": type };

export const createManyRules: OptionRules = {
  ...place,
  secrets: batchOf({ secretKey: newName, secretValue: text, ...fields }),
};

export const updateManyRules: OptionRules = {
  ...place,
  "mode?": oneOf("failOnNotFound", "ignore", "upsert"),
  secrets: batchOf({ secretKey: requireText, "secretPath?": folderPath, ...changes }),
};

export const deleteManyRules: OptionRules = {
  ...place,
  secrets: batchOf({ secretKey: requireText, "type?": type }),
};

/** Checks a name that a secret is to get. Servers would take one that no later request can name. */
export function newName(option: string, value: unknown): string {
  const name = requireText(option, value);
  if (/^\s*\.\.?\s*$/.test(name)) throw optionError(option, 'must not be "." or ".."', name);
  return name;
}

/** A text that may be empty. The error does not repeat what it got: it may be a secret's value. */
function text(option: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw optionError(option, "must be a string");
}

function orNull(rule: OptionRule): OptionRule {
  return (option, value) => (value === null ? null : rule(option, value));
}

/** A whole number, or a text of one: the documentation writes versions as texts. */
function wholeNumber(least: 0 | 1): OptionRule {
  return (option, value) => {
    const given =
      typeof value === "number" || (least === 1 && typeof value === "string") ? String(value) : "";
    if (/^\d{1,15}$/.test(given) && Number(given) >= least) return value;
    throw optionError(option, `must be a whole number from ${least}`, value);
  };
}

/** A list of at least one secret, none of them twice: servers of 2024 would create both. */
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

/** Free-form metadata. The official SDK takes any value; servers want texts. */
function metadata(option: string, value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw optionError(option, "must be an object whose values are strings");
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  for (const [key, each] of entries) {
    if (typeof each !== "string" && typeof each !== "boolean" && !Number.isFinite(each))
      throw optionError(`${option}.${key}`, "must be a string");
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, String(each)]));
}

function oneSlug(option: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && !value.includes(",")) return value;
  throw optionError(option, 'must be one slug, without ","', value);
}

const mostPairs = 10;

/** The server drops a pair that it cannot read, and would list more than was asked for. */
function metadataFilter(option: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length > mostPairs)
    throw optionError(option, `must be an array of at most ${mostPairs} pairs`, value);
  return listOf(fieldsOf({ key: filterPart, value: filterPart }))(option, value);
}

/** There is no way to escape the characters that the filter itself is made of. */
function filterPart(option: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && !/[,|=]/.test(value)) return value;
  throw optionError(option, 'must be a non-empty string without ",", "|" and "="', value);
}
