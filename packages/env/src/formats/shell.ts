import { type ExportFormat, isText, joinLines } from "./format.ts";

/** Variables that `bash` or `dash` sets itself, refuses to set, or stops at. */
const ofTheShell = new Set(
  (
    "_ BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_LINENO BASH_SOURCE " +
    "BASH_SUBSHELL BASH_VERSINFO DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO OPTIND " +
    "PIPESTATUS PPID RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID"
  ).split(" "),
);

/** What `.` of `sh`, `dash` and `bash` reads. Between single quotes, only a single quote has a meaning. */
export const shellFormat: ExportFormat = {
  target: "shells",
  limits:
    "Names consist of letters, digits and underscores, do not begin with a digit, and do not belong to the shell itself, as " +
    "UID does. Values are well-formed Unicode without NUL.",
  holdsName: (name) => /^[A-Za-z_]\w*$/.test(name) && !ofTheShell.has(name),
  write: (name, value) => (isText(value) ? `export ${name}='${value.replaceAll("'", "'\\''")}'` : undefined),
  join: joinLines,
};
