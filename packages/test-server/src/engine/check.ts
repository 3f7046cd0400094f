import { z } from "zod";

/** What a value must be. A schema of zod is one, and `Value` is the type of what it accepts. */
export interface Check<Value> {
  readonly _input: Value;
}

/** The checks of an object's fields, by name. */
export type Fields = Readonly<Record<string, Check<unknown>>>;

/** An object with these fields and no others. A field that accepts `undefined` can be left out. */
export type ObjectOf<Checks extends Fields> = {
  readonly [Name in keyof Checks as undefined extends Checks[Name]["_input"]
    ? never
    : Name]: Checks[Name]["_input"];
} & {
  readonly [Name in keyof Checks as undefined extends Checks[Name]["_input"]
    ? Name
    : never]?: Checks[Name]["_input"];
};

/** The check of an object, with the checks of its fields. */
export interface ObjectCheck<Checks extends Fields> extends Check<ObjectOf<Checks>> {
  readonly fields: Checks;
}

export const text: Check<string> = z.string();
export const boolean: Check<boolean> = z.boolean();
export const number: Check<number> = z.number();
export const count: Check<number> = z.number().min(0);
export const wholeNumber: Check<number> = z.number().int().min(0);
export const name: Check<string> = z.string().min(1, "must not be empty");
export const path: Check<string> = z.string().startsWith("/", "must start with /");
export const uuid: Check<string> = z.string().uuid();
export const url: Check<string> = z.string().url("must be a URL");

export function matching(pattern: RegExp, message: string): Check<string> {
  return z.string().min(1, "must not be empty").regex(pattern, message);
}

export const slug: Check<string> = matching(/^[a-zA-Z0-9_-]+$/, "must consist of letters, digits, - and _");

export function optional<Value>(check: Check<Value>): Check<Value | undefined> {
  return schemaOf(check).optional();
}

export function list<Value>(check: Check<Value>, { atLeast = 0 } = {}): Check<readonly Value[]> {
  return z.array(schemaOf(check)).min(atLeast);
}

export function record<Value>(
  check: Check<Value>,
  key: Check<string> = text,
): Check<Readonly<Record<string, Value>>> {
  return z.record(schemaOf<string>(key), schemaOf(check));
}

export function oneOf<const Value extends string>(...values: readonly [Value, ...Value[]]): Check<Value> {
  const [first, ...others] = values;
  return z.enum([first, ...others]);
}

export function object<Checks extends Fields>(fields: Checks): ObjectCheck<Checks> {
  const shape = Object.fromEntries(Object.entries(fields).map(([field, check]) => [field, schemaOf(check)]));
  const schema: Check<unknown> = z.object(shape).strict();
  return Object.assign(schema as Check<ObjectOf<Checks>>, { fields });
}

/** A schema of zod whose type does not tell what it accepts. */
export function accepting<Value>(schema: Check<unknown>): Check<Value> {
  return schema as Check<Value>;
}

/**
 * Returns the value unchanged. It is not zod's copy, which would lose a secret named `__proto__`.
 *
 * @param call - What it was passed to.
 * @throws TypeError that names the call and the path of every wrong field.
 */
export function checked<Value>(call: string, check: Check<Value>, value: Value): Value {
  const issues = issuesOf(check, value);
  if (issues.length > 0) throw new TypeError(`${call}: ${described(issues)}`);
  return value;
}

/** A wrong field. */
export interface Issue {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What is wrong with a value. */
export function issuesOf(check: Check<unknown>, value: unknown): readonly Issue[] {
  return schemaOf(check).safeParse(value).error?.issues ?? [];
}

/**
 * Issues in one line, each with its path as code: `projects[0].secrets.dev["/app"]: must be a string`.
 *
 * @param whole - What has the fields.
 */
export function described(issues: readonly Issue[], whole = "options"): string {
  return issues.map(({ path, message }) => `${formatPath(path) || whole}: ${message}`).join("; ");
}

function formatPath(path: readonly (string | number)[]): string {
  const written = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[\w$]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  });
  return written.join("").replace(/^\./, "");
}

/** Every check is a schema of zod, which the declarations of this package do not mention. */
export function schemaOf<Value>(check: Check<Value>): z.ZodType<Value, z.ZodTypeDef, Value> {
  return check as z.ZodType<Value, z.ZodTypeDef, Value>;
}
