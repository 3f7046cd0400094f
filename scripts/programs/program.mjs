import { statSync } from "node:fs";
import { batchCommandLine } from "./batch-command-line.mjs";

/**
 * What to start, as `spawn` takes it without a shell.
 *
 * @typedef {object} Program
 * @property {string} file
 * @property {readonly string[]} args
 * @property {boolean} windowsVerbatimArguments whether `args` are quoted already
 */

/**
 * What is known about the machine.
 *
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} variables
 * @property {(path: string) => boolean} isFile
 */

/** @type {Machine} */
const thisMachine = {
  platform: process.platform,
  variables: process.env,
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
};

/**
 * Gives what to start for a command such as `npm`.
 *
 * On Windows, npm, npx, pnpm and yarn are batch files, which Node starts only by way of `cmd.exe`. Node's own option
 * `shell` quotes nothing, so that a folder with a space becomes two arguments.
 *
 * @param {string} command a name to look for in `PATH`, or a path
 * @param {readonly string[]} args
 * @param {Machine} [machine] this one by default
 * @returns {Program}
 * @throws {Error} An argument cannot be passed to a batch file.
 */
export function program(command, args, machine = thisMachine) {
  if (machine.platform !== "win32") return { file: command, args, windowsVerbatimArguments: false };
  const found = findOnWindows(command, machine) ?? command;
  if (!/\.(?:cmd|bat)$/i.test(found)) return { file: found, args, windowsVerbatimArguments: false };
  const shell = variable(machine, "ComSpec") ?? "cmd.exe";
  // /d: no commands of the registry; /v:off: no meaning of exclamation marks; /s: only the outer quotes are removed.
  const shellArgs = ["/d", "/v:off", "/s", "/c", batchCommandLine(found, args)];
  return { file: shell, args: shellArgs, windowsVerbatimArguments: true };
}

/**
 * Tells whether a command is in `PATH`.
 *
 * @param {string} command
 * @param {Machine} [machine] this one by default
 * @returns {boolean}
 */
export function isInPath(command, machine = thisMachine) {
  if (machine.platform === "win32") return findOnWindows(command, machine) !== undefined;
  const folders = (variable(machine, "PATH") ?? "").split(":").filter(Boolean);
  return folders.some((folder) => machine.isFile(`${folder}/${command}`));
}

/**
 * @param {string} command
 * @param {Machine} machine
 * @returns {string | undefined}
 */
function findOnWindows(command, machine) {
  const extensions = (variable(machine, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";").filter(Boolean);
  const hasExtension = extensions.some((each) => command.toLowerCase().endsWith(each.toLowerCase()));
  const names = [...(hasExtension ? [command] : []), ...extensions.map((each) => command + each)];
  const folders = (variable(machine, "PATH") ?? "").split(";").filter(Boolean);
  const prefixes = /[\\/]/.test(command)
    ? [""]
    : folders.map((each) => `${each.replace(/^"|"$/g, "").replace(/[\\/]$/, "")}\\`);
  return prefixes.flatMap((prefix) => names.map((name) => prefix + name)).find(machine.isFile);
}

/**
 * Reads a variable as Windows does, whatever its case.
 *
 * @param {Machine} machine
 * @param {string} name
 */
function variable({ variables }, name) {
  const found = Object.keys(variables).find((each) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : variables[found];
}
