import { type } from "arktype";
import * as v from "valibot";
import { expect, test } from "vitest";
import * as z from "zod-4";
import type { EnvSchema } from "../../src/standard-schema.ts";
import { namesOfSchema } from "../../src/types/declared-names.ts";

/** Names in short: those that can be missing with a question mark. */
async function short(schema: EnvSchema): Promise<string[] | undefined> {
  return (await namesOfSchema(schema))?.map(({ name, optional }) => `${name}${optional ? "?" : ""}`).sort();
}

test.each<[string, EnvSchema]>([
  [
    "zod",
    {
      A: z.string(),
      B: z.string().optional(),
      C: z.coerce.number().default(1),
      D: z.string().transform(Number),
    },
  ],
  [
    "valibot",
    {
      A: v.string(),
      B: v.optional(v.string()),
      C: v.optional(v.string(), "1"),
      D: v.pipe(v.string(), v.url()),
    },
  ],
  [
    "arktype",
    {
      A: type("string"),
      B: type("string | undefined"),
      C: type("string"),
      D: type("string.url"),
    },
  ],
])("one %s schema for each name tells which can be missing", async (_, schema) => {
  expect(await short(schema)).toEqual(["A", "B?", "C", "D"]);
});

test("an asynchronous schema and one that throws are asked too", async () => {
  const of = (validate: (value: unknown) => never | Promise<{ value: unknown }>) => ({
    "~standard": { version: 1 as const, vendor: "own", validate },
  });
  expect(
    await short({
      LATER: of(async (value) => ({ value })),
      THROWS: of(() => {
        throw new Error("no");
      }),
    }),
  ).toEqual(["LATER?", "THROWS"]);
});

test("one schema for all variables tells its names by JSON Schema", async () => {
  const schema = z.object({
    A: z.string(),
    B: z.string().optional(),
    C: z.coerce.number().default(1),
    "d-e": z.url(),
  });
  expect(await short(schema)).toEqual(["A", "B?", "C", "d-e"]);
  expect(await short(z.intersection(schema, z.object({ F: z.string() })))).toEqual([
    "A",
    "B?",
    "C",
    "F",
    "d-e",
  ]);
});

test("where the output has no JSON Schema, the input tells", async () => {
  const schema = z.object({
    A: z.string().transform(Number),
    B: z.string().optional(),
    C: z.string().default("1").transform(Number),
  });
  expect(await short(schema)).toEqual(["A", "B?", "C"]);
});

test.each<[string, EnvSchema]>([
  ["a library without JSON Schema", v.object({ A: v.string() })],
  ["a schema that JSON Schema cannot say", z.custom<string>(() => true)],
  ["a schema of no names", z.record(z.string(), z.string())],
  [
    "JSON Schema of another form",
    {
      "~standard": {
        version: 1,
        vendor: "own",
        validate: (value: unknown) => ({ value }),
        jsonSchema: { output: () => ({ properties: 1, required: 2, allOf: "x" }), input: () => null },
      },
    } as EnvSchema,
  ],
])("%s tells nothing", async (_, schema) => {
  expect(await short(schema)).toBeUndefined();
});
