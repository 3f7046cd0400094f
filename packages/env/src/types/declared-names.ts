import { type EnvSchema, isStandardSchema, type StandardSchema } from "../standard-schema.ts";

/** A variable as a declaration states it. */
export interface DeclaredName {
  readonly name: string;
  /** Whether it can be missing. */
  readonly optional: boolean;
}

/**
 * Returns the variables that a schema tells about; `undefined` if it tells of none.
 *
 * A schema for each name tells its names. One for all variables tells them if its library can make a JSON Schema of it, as
 * zod 4 can. What has a default is never missing.
 */
export async function namesOfSchema(schema: EnvSchema): Promise<readonly DeclaredName[] | undefined> {
  if (isStandardSchema(schema)) return namesOfWhole(schema);
  return Promise.all(
    Object.entries(schema).map(async ([name, each]) => ({ name, optional: await canBeMissing(each) })),
  );
}

async function canBeMissing(schema: StandardSchema): Promise<boolean> {
  try {
    const result = await schema["~standard"].validate(undefined);
    return !result.issues && result.value === undefined;
  } catch {
    return false;
  }
}

/** What libraries add to Standard Schema: how a schema becomes a JSON Schema. It throws for what JSON Schema cannot say. */
interface JsonSchemaConverter {
  readonly output?: (options: { readonly target: string }) => unknown;
  readonly input?: (options: { readonly target: string }) => unknown;
}

function namesOfWhole(schema: StandardSchema): readonly DeclaredName[] | undefined {
  const { jsonSchema } = schema["~standard"] as { readonly jsonSchema?: JsonSchemaConverter };
  for (const convert of [jsonSchema?.output, jsonSchema?.input]) {
    for (const target of ["draft-2020-12", "draft-07"]) {
      const names = namesOfJsonSchema(attempt(() => convert?.({ target })));
      if (names.length > 0) return names;
    }
  }
  return undefined;
}

function attempt(convert: () => unknown): unknown {
  try {
    return convert();
  } catch {
    return undefined;
  }
}

function namesOfJsonSchema(schema: unknown): DeclaredName[] {
  const { properties, required, allOf } = Object(schema) as Readonly<Record<string, unknown>>;
  const needed = new Set(Array.isArray(required) ? required : []);
  const own = Object.entries(Object(properties) as object).map(([name, property]) => ({
    name,
    optional: !needed.has(name) && Object(property).default === undefined,
  }));
  return [...own, ...(Array.isArray(allOf) ? allOf.flatMap(namesOfJsonSchema) : [])];
}
