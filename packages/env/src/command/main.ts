import { readFile } from "node:fs/promises";
import { isInfisicalError } from "@infisical/core";
import { fieldsOf } from "@infisical/core/authoring";
import { isSilent } from "../environment.ts";
import { type CommandOptions, parseArguments } from "./arguments.ts";
import { checkCommand } from "./check.ts";
import { commonOptions } from "./common-options.ts";
import { exportCommand } from "./export.ts";
import { helpOf, helpOfAll } from "./help.ts";
import { type Output, outputOf } from "./output.ts";
import { printCommand } from "./print.ts";
import { runCommand } from "./run.ts";
import { typesCommand } from "./types.ts";
import { UsageError } from "./usage-error.ts";

/** How the process ends. */
export interface Outcome {
  readonly code: number;
  /** The signal to end by. */
  readonly signal?: NodeJS.Signals;
}

/** What follows `infisical-env`. */
export interface Subcommand {
  /** How it is called. */
  readonly usage: string;
  /** What it does, as a line. */
  readonly summary: string;
  /** Its options besides those of all. */
  readonly options: CommandOptions;
  /** Whether a command follows after `--`. */
  readonly takesCommand?: boolean;
  /** Does it. */
  perform(call: {
    readonly given: Readonly<Record<string, unknown>>;
    readonly command: readonly string[];
    readonly output: Output;
  }): Promise<Outcome>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  run: runCommand,
  check: checkCommand,
  types: typesCommand,
  export: exportCommand,
  print: printCommand,
};

/** Does what a command line says. Whatever goes wrong is one message. */
export async function main(args: readonly string[]): Promise<Outcome> {
  const errors = outputOf({ silent: false });
  try {
    return await perform(args);
  } catch (error) {
    // The reader of the output has left, as head does.
    if ((error as { readonly code?: string }).code === "EPIPE") return { code: 1 };
    if (!(error instanceof UsageError)) {
      errors.complain(messageOf(error));
      return { code: 1 };
    }
    const help = `infisical-env ${error.command === undefined ? "" : `${error.command} `}--help`;
    const end = error.message.endsWith("?") ? "" : ".";
    errors.complain(`${error.message}${end} ${help} tells more.`);
    return { code: 2 };
  }
}

async function perform(args: readonly string[]): Promise<Outcome> {
  const [name = "--help", ...rest] = args;
  const output = outputOf({ silent: false });
  if (["--help", "-h", "help"].includes(name))
    return show(output, helpOfAll(subcommands), args.length > 0 ? 0 : 2);
  if (name === "--version") return show(output, `${await version()}\n`);
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand) throw unknownCommand(name);
  const end = rest.indexOf("--");
  if (end >= 0 && !subcommand.takesCommand)
    throw new UsageError(`${name} does not take a command after --`, name);
  const before = end < 0 ? rest : rest.slice(0, end);
  const options = { ...subcommand.options, ...commonOptions };
  if (before.some((arg) => arg === "--help" || arg === "-h")) return show(output, helpOf(subcommand));
  const given = parseArguments(before, options, name);
  const command = end < 0 ? [] : rest.slice(end + 1);
  return subcommand.perform({
    given,
    command,
    output: outputOf({ silent: given["--silent"] === true || isSilent() }),
  });
}

async function show(output: Output, text: string, code = 0): Promise<Outcome> {
  await output.write(text);
  return { code };
}

async function version(): Promise<string> {
  return JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")).version;
}

/** The error of an option that does not exist says what was meant; so does this. */
function unknownCommand(name: string): UsageError {
  const known = Object.keys(subcommands).map((each) => [`${each}?`, () => true] as const);
  // What is not a word might be a credential, which is not repeated.
  if (!/^[a-z-]{1,20}$/i.test(name)) return new UsageError("the first argument must be a command");
  try {
    fieldsOf(Object.fromEntries(known))("", { [name]: true });
  } catch (error) {
    const message = (error as Error).message.replace("is not an option", "is not a command");
    return new UsageError(message.replace("the options are", "the commands are").replace(/\.$/, ""));
  }
  return new UsageError("the command is unknown");
}

/** Errors of this SDK show no credential and no value; of others, only the kind is told. */
function messageOf(error: unknown): string {
  if (isInfisicalError(error)) return error.message;
  return `unexpected ${error instanceof Error ? error.name : "error"}: please report it, with how you called the command`;
}
