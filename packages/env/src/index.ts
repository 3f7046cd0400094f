export { defineEnv } from "./define-env.ts";
export { type LoadedEnv, loadEnv } from "./load-env.ts";
export type { EnvClient, EnvOptions } from "./options.ts";
export type { EnvReport } from "./report.ts";
export type { EnvOf, EnvSchema, SchemaIssue, SchemaResult, StandardSchema } from "./standard-schema.ts";
