import { InfisicalSDKError } from "@infisical/core";
import type { ProcessVariables } from "./environment.ts";
import {
  type EnvSchema,
  isStandardSchema,
  type SchemaIssue,
  type StandardSchema,
} from "./standard-schema.ts";

/** What a schema makes of variables. */
export interface Checked {
  readonly env: unknown;
  /** Variables that only the schema has, by its defaults, as strings. */
  readonly added: Readonly<Record<string, string>>;
}

/** One failure, without the value. */
interface Failure {
  readonly name: string | undefined;
  readonly reason: string;
}

type Variables = Readonly<Record<string, string>>;

/**
 * Checks variables by a schema.
 *
 * @throws {InfisicalSDKError} `INVALID_ENV`: with every failure, by name. No value is repeated.
 */
export async function applySchema(
  schema: EnvSchema | undefined,
  secrets: Variables,
  existing: ProcessVariables,
): Promise<Checked> {
  if (schema === undefined) return { env: secrets, added: {} };
  if (isStandardSchema(schema)) {
    const outcome = await validate(schema, { ...secrets });
    if ("value" in outcome) return { env: outcome.value, added: addedBy(outcome.value, secrets) };
    throw invalid(outcome.issues.map((issue) => failureOf(issue, secrets)));
  }
  const variable = (name: string): string | undefined =>
    Object.hasOwn(secrets, name) ? secrets[name] : existing.get(name);
  const checked = await Promise.all(
    Object.entries(schema).map(async ([name, each]) => {
      const value = variable(name);
      return { name, value, outcome: await validate(each, value) };
    }),
  );
  const failures = checked.flatMap(({ name, value, outcome }) =>
    "value" in outcome ? [] : [{ name, reason: reasonOf(value, outcome.issues) }],
  );
  if (failures.length > 0) throw invalid(failures);
  const env = Object.fromEntries(
    checked.map(({ name, outcome }) => [name, "value" in outcome ? outcome.value : undefined]),
  );
  const known = Object.fromEntries(
    checked.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  return { env, added: addedBy(env, known) };
}

type Outcome = { readonly value: unknown } | { readonly issues: readonly SchemaIssue[] };

async function validate(schema: StandardSchema, value: unknown): Promise<Outcome> {
  try {
    const result = await schema["~standard"].validate(value);
    return result.issues ? { issues: [...result.issues] } : { value: result.value };
  } catch {
    // Its message may repeat the value.
    return { issues: [{ message: "" }] };
  }
}

/** What the output has as plain values, and the input had not. */
function addedBy(output: unknown, input: Variables): Variables {
  if (typeof output !== "object" || output === null) return {};
  const added = Object.entries(output).filter(
    ([name, value]) =>
      !Object.hasOwn(input, name) &&
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) &&
      ["string", "number", "boolean", "bigint"].includes(typeof value),
  );
  return Object.fromEntries(added.map(([name, value]) => [name, String(value)]));
}

function failureOf(issue: SchemaIssue, variables: Variables): Failure {
  const [first] = issue.path ?? [];
  const name = typeof first === "object" ? first.key : first;
  if (typeof name !== "string" || !canBeShown(name, variables)) {
    return { name: undefined, reason: reasonOf("", [issue]) };
  }
  return { name, reason: reasonOf(Object.hasOwn(variables, name) ? variables[name] : undefined, [issue]) };
}

/** Whether a name is that of a variable, and not a part of a value that a schema took apart. */
function canBeShown(name: string, variables: Variables): boolean {
  if (Object.hasOwn(variables, name)) return true;
  return (
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) &&
    !Object.values(variables).some((value) => value.includes(name))
  );
}

/** What schemas name as expected that cannot be a part of a value, but for these very words. */
const expectations: readonly string[] = [
  ...["string", "number", "boolean", "bigint", "int", "date", "array", "object", "url", "email", "uuid"],
  ...["datetime", "ipv4", "ipv6", "base64", "hex", "jwt", "json_string"],
];

function reasonOf(value: string | undefined, issues: readonly SchemaIssue[]): string {
  if (value === undefined) return "is missing";
  const [issue] = issues;
  const { expected, format } = Object(issue) as { expected?: unknown; format?: unknown };
  const word = [format, expected].find((each) => expectations.includes(each as string));
  const end = word === undefined ? "" : ` (expected ${String(word)})`;
  return value === "" ? `is empty${end}` : `is not valid${end}`;
}

function invalid(failures: readonly Failure[]): InfisicalSDKError {
  const lines = new Set(failures.map(({ name, reason }) => `${name ?? "the variables together"} ${reason}`));
  return new InfisicalSDKError(`The variables do not match the schema: ${[...lines].join("; ")}.`, {
    code: "INVALID_ENV",
  });
}
