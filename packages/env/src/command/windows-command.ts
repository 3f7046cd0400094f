import { optionError } from "@infisical/core/authoring";

/** What to start, as `spawn` takes it without a shell. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  /** Whether `args` are quoted already; only on Windows. */
  readonly verbatim: boolean;
}

/** What is known about the machine. */
export interface Machine {
  readonly variables: Readonly<Record<string, string>>;
  /** Whether a path is a file. */
  isFile(path: string): boolean;
}

/**
 * Finds what Windows starts for a command: it looks for `npm` as `npm.exe`, `npm.cmd` and so on in each folder of `PATH`.
 *
 * Batch files can only be started by `cmd.exe`, which reads the command line once more. Between double quotes, only quotes and
 * percent signs have a meaning to it, so arguments with these are refused.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an argument cannot be passed to a batch file.
 */
export function windowsProgram(command: string, args: readonly string[], machine: Machine): Program {
  const found = find(command, machine) ?? command;
  if (!/\.(?:cmd|bat)$/i.test(found)) return { file: found, args, verbatim: false };
  if ([found, ...args].some((each) => /["%\r\n\0]/.test(each))) {
    const rule =
      'is a batch file, and its arguments must not have ", % or a line break; start the program itself, such as node';
    throw optionError("the command", rule);
  }
  const line = [found, ...args].map(quoted).join(" ");
  const shell = variable(machine, "ComSpec") ?? "cmd.exe";
  // /d: no commands of the registry; /v:off: no meaning of exclamation marks; /s: only the outer quotes are removed.
  return { file: shell, args: ["/d", "/v:off", "/s", "/c", `"${line}"`], verbatim: true };
}

/** Programs read a backslash before a quote as a part of it. */
function quoted(text: string): string {
  return `"${text.replace(/\\+$/, "$&$&")}"`;
}

function find(command: string, machine: Machine): string | undefined {
  const extensions = (variable(machine, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";").filter(Boolean);
  const hasExtension = extensions.some((each) => command.toLowerCase().endsWith(each.toLowerCase()));
  const names = [...(hasExtension ? [command] : []), ...extensions.map((extension) => command + extension)];
  const folders = /[\\/]/.test(command) ? [""] : (variable(machine, "PATH") ?? "").split(";").filter(Boolean);
  const paths = folders.flatMap((folder) => {
    const prefix = folder === "" ? "" : `${folder.replace(/^"|"$/g, "").replace(/[\\/]$/, "")}\\`;
    return names.map((name) => prefix + name);
  });
  return paths.find((path) => machine.isFile(path));
}

function variable({ variables }: Machine, name: string): string | undefined {
  const found = Object.keys(variables).find((each) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : variables[found];
}
