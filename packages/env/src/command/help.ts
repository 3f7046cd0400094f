import type { CommandOptions } from "./arguments.ts";
import { commonOptions } from "./common-options.ts";
import type { Subcommand } from "./main.ts";

/** The help of one subcommand. */
export function helpOf({ usage, summary, options }: Subcommand): string {
  const own = Object.keys(options).length > 0 ? `\nOptions:\n${lines(options)}` : "";
  return `infisical-env ${usage}\n\nIt ${summary}.\n${own}\nOptions of every command:\n${lines(commonOptions)}`;
}

/** The help of the command. */
export function helpOfAll(subcommands: Readonly<Record<string, Subcommand>>): string {
  const rows = Object.values(subcommands).map(({ usage, summary }) => [usage, summary] as const);
  return (
    "infisical-env: secrets of Infisical as environment variables\n\n" +
    `${table(rows)}\n` +
    "infisical-env COMMAND --help tells a command's options, infisical-env --version the version.\n" +
    "Which secrets, and how: options, then variables such as INFISICAL_PROJECT_ID, then the file infisical.config.*.\n" +
    "It logs in with what the environment provides; npx infisical-auth-env tells what that is.\n"
  );
}

function lines(options: CommandOptions): string {
  return table(
    Object.entries(options).map(([name, { value, repeatable, help }]) => [
      `${name}${value === undefined ? "" : ` ${value}`}${repeatable ? " ..." : ""}`,
      help,
    ]),
  );
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
}
