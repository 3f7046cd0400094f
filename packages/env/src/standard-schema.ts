/** A schema of any library that implements Standard Schema: zod, valibot, arktype and others. */
export interface StandardSchema<Output = unknown> {
  /** What the libraries have in common. */
  readonly "~standard": {
    /** The version of the interface. */
    readonly version: 1;
    /** The library's name. */
    readonly vendor: string;
    /** Checks a value, and returns what it becomes, or what is wrong with it. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** The types before and after; it has no value. */
    readonly types?:
      | {
          /** The type that is checked. */
          readonly input: unknown;
          /** The type that it becomes. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** What a schema makes of a value. */
export type SchemaResult<Output> =
  | {
      /** What the value becomes. */
      readonly value: Output;
      /** Missing, or `undefined`. */
      readonly issues?: undefined;
    }
  | {
      /** What is wrong. */
      readonly issues: readonly SchemaIssue[];
    };

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  /** The library's own text, which may repeat the value. */
  readonly message: string;
  /** Where in the value it is. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** One step of the path. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}

/** A schema for all variables together, or one for each name. */
export type EnvSchema = StandardSchema | Readonly<Record<string, StandardSchema>>;

/** What one schema returns. */
type OutputOf<Schema extends StandardSchema> = NonNullable<Schema["~standard"]["types"]>["output"];

/** What the variables become by a schema; without one, strings by their names. */
export type EnvOf<Schema extends EnvSchema | undefined> = Schema extends StandardSchema
  ? OutputOf<Schema>
  : Schema extends Readonly<Record<string, StandardSchema>>
    ? { readonly [Name in keyof Schema]: OutputOf<Schema[Name]> }
    : Readonly<Record<string, string>>;

/** Tells a schema from a record of schemas; arktype's are functions. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  const standard = (Object(value) as Partial<StandardSchema>)["~standard"];
  return typeof standard?.validate === "function";
}
