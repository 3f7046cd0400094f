import { inspect } from "node:util";
import { loadEnv } from "@infisical/env";
import { type } from "arktype";
import { assert, asyncProperty, constantFrom, string } from "fast-check";
import * as v from "valibot";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod-4";

/** A client whose folder has these secrets. */
function clientWith(secrets: Readonly<Record<string, string>>) {
  const list = Object.entries(secrets).map(([secretKey, secretValue]) => ({ secretKey, secretValue }));
  return {
    secrets: () => ({
      listSecrets: async () => ({ secrets: list }),
      listSecretsWithImports: async () => list,
    }),
  } as never;
}

const load = <const Schema extends NonNullable<Parameters<typeof loadEnv>[0]>["schema"]>(
  secrets: Readonly<Record<string, string>>,
  schema: Schema,
) => loadEnv({ client: clientWith(secrets), projectId: "p1", environment: "dev", schema });

const secrets = { PORT: "8080", URL_OF_DB: "postgres://db", FLAG: "yes" };

const whole = {
  zod: z.object({ PORT: z.coerce.number(), URL_OF_DB: z.url(), REGION: z.string().default("eu") }),
  valibot: v.object({
    PORT: v.pipe(v.string(), v.transform(Number)),
    URL_OF_DB: v.pipe(v.string(), v.url()),
    REGION: v.optional(v.string(), "eu"),
  }),
  arktype: type({
    PORT: "string.numeric.parse",
    URL_OF_DB: "string.url",
    REGION: "string = 'eu'",
    "+": "delete",
  }),
};
const each = {
  zod: whole.zod.shape,
  valibot: whole.valibot.entries,
  arktype: {
    PORT: type("string.numeric.parse"),
    URL_OF_DB: type("string.url"),
    REGION: type("string | undefined").pipe((region) => region ?? "eu"),
  },
};
const libraries = ["zod", "valibot", "arktype"] as const;
const expected = { PORT: 8080, URL_OF_DB: "postgres://db", REGION: "eu" };

test.each(libraries)("%s: transforms and defaults of a schema for all come through", async (library) => {
  const { env, variables } = await load(secrets, whole[library] as never);
  expect(env).toEqual(expected);
  expect(variables).toEqual({ ...secrets, REGION: "eu" });
});

test.each(libraries)("%s: transforms and defaults of schemas by name come through", async (library) => {
  const { env, variables } = await load(secrets, each[library] as never);
  expect(env).toEqual(expected);
  expect(variables).toEqual({ ...secrets, REGION: "eu" });
});

test.each(libraries)("%s: all failures are told at once, by name and reason", async (library) => {
  const bad = { PORT: "eighty-hunter2", URL_OF_DB: "hunter2 hunter2" };
  for (const schema of [whole[library], each[library]]) {
    const error = await load(bad, schema as never).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "INVALID_ENV" });
    expect((error as Error).message).toMatch(/URL_OF_DB is not valid/);
    if (library !== "valibot") expect((error as Error).message).toMatch(/PORT is not valid/);
    expect(inspect(error, { depth: 9 })).not.toContain("hunter2");
  }
});

test("a missing and an empty variable are told as that", async () => {
  const schema = { A: z.string(), B: z.string().min(1), C: z.coerce.number().int().min(1) };
  await expect(load({ B: "", C: "" }, schema)).rejects.toThrow(
    "The variables do not match the schema: A is missing; B is empty; C is empty.",
  );
  await expect(load({ B: "", C: "0" }, z.object(schema))).rejects.toThrow(
    "The variables do not match the schema: A is missing; B is empty; C is not valid.",
  );
});

test("an asynchronous schema is waited for, and one that throws is a failure without its message", async () => {
  const slow = z.string().transform(async (text) => text.toUpperCase());
  expect((await load({ A: "a" }, { A: slow })).env).toEqual({ A: "A" });
  const broken = z.string().transform((text) => {
    throw new Error(`broken by ${text}`);
  });
  const error = await load({ A: "hunter2" }, { A: broken }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "INVALID_ENV", message: expect.stringContaining("A is not valid") });
  expect(inspect(error)).not.toContain("hunter2");
});

test("schemas by name see existing variables that are not secrets, and those count before secrets", async () => {
  process.env["ENV_TEST_ONE"] = "of the process";
  process.env["ENV_TEST_TWO"] = "of the process";
  onTestFinished(() => {
    delete process.env["ENV_TEST_ONE"];
    delete process.env["ENV_TEST_TWO"];
  });
  const schema = { ENV_TEST_ONE: z.string(), ENV_TEST_TWO: z.string() };
  const { env, variables, report } = await load({ ENV_TEST_ONE: "secret" }, schema);
  expect(env).toEqual({ ENV_TEST_ONE: "of the process", ENV_TEST_TWO: "of the process" });
  expect(variables).toEqual({});
  expect(report).toMatchObject({ count: 1, kept: 1 });
});

/** Schemas that fail, and whose own messages or paths contain what they were given. */
const tellTales = [
  z.string().refine(() => false, { error: ({ input }) => `got ${String(input)}` }),
  z.string().transform((text, context) => {
    context.addIssue({ code: "custom", message: text, path: [text, text] });
    return z.NEVER;
  }),
  v.pipe(
    v.string(),
    v.check(
      () => false,
      ({ input }) => `got ${input}`,
    ),
  ),
  v.pipe(v.string(), v.regex(/^$/)),
  v.literal("never"),
  type("string.numeric.parse"),
  type("'never'"),
  type("string").narrow((text, context) => context.reject({ expected: text, actual: text })),
];

test("no error repeats a value, whatever the schema says about it", async () => {
  const value = string({ minLength: 8, unit: "grapheme" }).filter((text) => text.trim().length > 7);
  await assert(
    asyncProperty(value, constantFrom(...tellTales), async (text, schema) => {
      const forAll = z.record(z.string(), z.string()).transform((_all, context) => {
        context.addIssue({ code: "custom", message: text, path: [text] });
        return z.NEVER;
      });
      const strict = z.strictObject({ [`${text}`]: z.string() });
      for (const each of [{ A: schema }, forAll, strict]) {
        const error = await load({ A: `a${text}z` }, each as never).catch((caught: unknown) => caught);
        expect(error).toMatchObject({ code: "INVALID_ENV" });
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(text);
        expect(JSON.stringify(error)).not.toContain(JSON.stringify(text).slice(1, -1));
      }
    }),
  );
});

test("types: the result is what the schema returns", async () => {
  const { env } = await load(secrets, { PORT: z.coerce.number(), FLAG: z.string() });
  const port: number = env.PORT;
  const flag: string = env.FLAG;
  const { env: object } = await load(secrets, whole.zod);
  const region: string = object.REGION;
  const { env: plain } = await load(secrets, undefined);
  const text: string | undefined = plain["PORT"];
  expect([port, flag, region, text]).toEqual([8080, "yes", "eu", "8080"]);
});
