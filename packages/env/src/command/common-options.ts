import { requireFlag, requireText } from "@infisical/core/authoring";
import { type EnvOptions, envRules } from "../options.ts";
import type { CommandOptions } from "./arguments.ts";

/** The rule of an option of `loadEnv`, which the command line shares. */
const ruleOf = (name: keyof EnvOptions) => envRules[`${name}?`] ?? requireText;

/** The options of every command. */
export const commonOptions: CommandOptions = {
  "--project-id": { value: "ID", rule: ruleOf("projectId"), help: "the project (INFISICAL_PROJECT_ID)" },
  "--environment": {
    value: "SLUG",
    rule: ruleOf("environment"),
    help: "the environment (INFISICAL_ENVIRONMENT)",
  },
  "--secret-path": {
    value: "PATH",
    repeatable: true,
    rule: ruleOf("secretPath"),
    help: "the folder, / by default; repeated, the last folder with a name counts",
  },
  "--config": {
    value: "FILE",
    rule: requireText,
    help: "the configuration file; infisical.config.* is found by itself",
  },
  "--fallback": {
    value: "FILE",
    rule: ruleOf("fallback"),
    help: "keeps the secrets encrypted, for when the server is away",
  },
  "--override": { rule: requireFlag, help: "secrets count before variables that exist" },
  "--allow": {
    value: "NAME",
    repeatable: true,
    rule: ruleOf("allow"),
    help: "accepts a name although it steers the process, such as HTTPS_PROXY",
  },
  "--timeout": { value: "TIME", rule: ruleOf("timeout"), help: "how long reading may take, 30s by default" },
  "--silent": { rule: requireFlag, help: "writes errors only" },
  "--help": { rule: requireFlag, help: "shows this text" },
};

const optionNames = {
  "--project-id": "projectId",
  "--environment": "environment",
  "--secret-path": "secretPath",
  "--fallback": "fallback",
  "--override": "override",
  "--allow": "allow",
  "--timeout": "timeout",
} as const;

/** Returns what a command line says about `loadEnv`. */
export function envOptionsOf(given: Readonly<Record<string, unknown>>): EnvOptions {
  const entries = Object.entries(optionNames).flatMap(([flag, name]) =>
    given[flag] === undefined ? [] : [[name, given[flag]]],
  );
  return Object.fromEntries(entries) as EnvOptions;
}
