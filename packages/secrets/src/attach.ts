import { fieldsOf, listOf, optionError, requireFlag, requireText } from "@infisical/core/authoring";
import { isVariableName, isVariableValue, processVariables } from "./environment.ts";
import { mergeImports, nearestOfEachName } from "./merge-imports.ts";
import type { AttachOptions } from "./options/read-options.ts";
import type { AttachedVariables, AttachSkipReason, ListSecretsResponse, SkippedSecret } from "./results.ts";
import type { ImportedSecret, Secret } from "./secret.ts";
import { steersProcess } from "./steering-names.ts";

/** What a list gains where its secrets were put into `process.env`. */
export type Attachment = Required<Pick<ListSecretsResponse, "attached" | "skippedNames">>;

const rule = fieldsOf({
  "only?": listOf(requireText),
  "prefix?": namePrefix,
  "override?": requireFlag,
  "allow?": listOf(requireText),
});

/** Checks `attachToProcessEnv`, and where there is a `process.env` at all, before anything is sent. */
export function attachOptions(option: string, value: unknown): unknown {
  if (value === false) return undefined;
  if (value !== true && typeof value !== "object")
    throw optionError(option, "must be true, false or an object with only, prefix, override, allow", value);
  const options = value === true ? {} : rule(option, value);
  processVariables();
  return options;
}

/** Puts the secrets of a list into `process.env`. */
export function attach(
  { only, prefix = "", override = false, allow = [] }: AttachOptions,
  { secrets, imports }: ListSecretsResponse,
): Attachment {
  const variables = processVariables();
  const wanted = only && new Set(only);
  const allowed = new Set(allow.map(variables.canonical));
  const seen = new Set<string>();
  const set: string[] = [];
  const kept: string[] = [];
  const skipped: SkippedSecret[] = [];
  for (const secret of mergeImports(nearestOfEachName(secrets), imports)) {
    const { secretKey, secretValue } = secret;
    if (wanted && !wanted.delete(secretKey)) continue;
    const name = prefix + secretKey;
    const canonical = variables.canonical(name);
    if (seen.has(canonical)) continue;
    seen.add(canonical);
    const reason =
      !allowed.has(canonical) && steersProcess(name, variables.windows)
        ? "steersProcess"
        : unfit(name, secret);
    if (reason) skipped.push({ secretKey, name, reason });
    else if (!override && variables.has(name)) kept.push(name);
    else if (variables.set(name, secretValue)) set.push(name);
    else skipped.push({ secretKey, name, reason: "refused" });
  }
  for (const secretKey of wanted ?? [])
    skipped.push({ secretKey, name: prefix + secretKey, reason: "notFound" });
  const attached: AttachedVariables = { set, kept, skipped };
  return { attached, skippedNames: skipped.map(({ secretKey }) => secretKey) };
}

function unfit(
  name: string,
  { secretValue, secretValueHidden }: Secret | ImportedSecret,
): AttachSkipReason | undefined {
  if (!isVariableName(name)) return "invalidName";
  if (secretValueHidden) return "hiddenValue";
  return isVariableValue(secretValue) ? undefined : "invalidValue";
}

function namePrefix(option: string, value: unknown): string {
  if (typeof value === "string" && (value === "" || isVariableName(value))) return value;
  throw optionError(option, "must be a string that the name of a variable can begin with", value);
}
