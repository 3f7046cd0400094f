import { fieldsOf, type OptionRule } from "@infisical/core/authoring";
import { UsageError } from "./usage-error.ts";

/** An option of a command line. */
export interface CommandOption {
  /** What its value stands for in the help, such as `FILE`; `undefined` for a flag. */
  readonly value?: string;
  /** Whether it can be repeated. */
  readonly repeatable?: boolean;
  /** Checks the value, or the list of values, and returns what it means. */
  readonly rule: OptionRule;
  /** What the help says. */
  readonly help: string;
}

/** The options of a command, by their names with both hyphens. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/**
 * Reads the options of a command line, which is all that it may have.
 *
 * @returns What was given, by the options' names.
 * @throws {UsageError} Something is unknown, misses its value, or breaks its rule. What might be a value is not repeated.
 */
export function parseArguments(
  args: readonly string[],
  options: CommandOptions,
  command: string,
): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = Object.create(null);
  const rest = [...args];
  let isStray = false;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, name, inline] = /^(--?[^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) {
      isStray = true;
      continue;
    }
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option?.value === undefined) {
      if (option && inline !== undefined) throw new UsageError(`${name} does not take a value`, command);
      given[name] = true;
      continue;
    }
    const value = inline ?? (/^-./.test(rest[0] ?? "-x") ? undefined : rest.shift());
    if (value === undefined) throw new UsageError(`${name} needs a value: ${name} ${option.value}`, command);
    if (!option.repeatable && name in given) throw new UsageError(`${name} can be given once only`, command);
    given[name] = option.repeatable ? [...((given[name] as string[]) ?? []), value] : value;
  }
  // An argument that follows an unknown option is probably its value.
  const known = checked({ ...given }, options, command);
  if (!isStray) return known;
  throw new UsageError(
    `${command} takes options only before --, and one of its arguments is not one`,
    command,
  );
}

function checked(
  given: Readonly<Record<string, unknown>>,
  options: CommandOptions,
  command: string,
): Readonly<Record<string, unknown>> {
  const rules = Object.entries(options).map(([name, { rule }]) => [`${name}?`, rule] as const);
  try {
    return fieldsOf(Object.fromEntries(rules))("", given) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\.$/, ""), command);
  }
}
