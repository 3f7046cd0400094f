import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import { type Program, windowsProgram } from "./windows-command.ts";

/** How a command ended. */
export interface Ending {
  /** The exit code that the command, or what could not be started of it, has. */
  readonly code: number;
  /** The signal that ended it; `undefined` if it exited by itself. */
  readonly signal: NodeJS.Signals | undefined;
  /** Why it could not be started, as a sentence; `undefined` if it was. */
  readonly failure: string | undefined;
}

/** A command that runs. */
export interface Child {
  /** Resolves when it has ended; it never rejects. */
  readonly ended: Promise<Ending>;
  /** Passes a signal on. */
  signal(name: NodeJS.Signals): void;
  /** Asks it to end, and ends it after a time in milliseconds. */
  stop(grace: number): void;
}

/** Starts a command with an environment of its own, without a shell, on the terminal of this process. */
export function startChild(
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): Child {
  const { file, args, verbatim } = programOf(command, env);
  let child: ChildProcess;
  try {
    child = spawn(file, args, { stdio: "inherit", env, windowsVerbatimArguments: verbatim });
  } catch (error) {
    return neverStarted(failureOf(command[0], error));
  }
  let kill: NodeJS.Timeout | undefined;
  const ended = new Promise<Ending>((resolve) => {
    child.once("error", (error) => {
      if (child.pid === undefined) resolve(failureOf(command[0], error));
    });
    child.once("exit", (code, signal) => {
      clearTimeout(kill);
      resolve({ code: code ?? 1, signal: signal ?? undefined, failure: undefined });
    });
  });
  return {
    ended,
    signal: (name) => void child.kill(name),
    stop(grace) {
      if (kill) return;
      child.kill("SIGTERM");
      kill = setTimeout(() => child.kill("SIGKILL"), grace);
    },
  };
}

function programOf(
  [file, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): Program {
  if (process.platform !== "win32") return { file, args, verbatim: false };
  return windowsProgram(file, args, { variables: env, isFile });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function neverStarted(ending: Ending): Child {
  return { ended: Promise.resolve(ending), signal: () => undefined, stop: () => undefined };
}

/** As shells have it: 127 for a command that was not found, 126 for one that cannot be run. */
function failureOf(command: string, error: unknown): Ending {
  const { code } = error as { readonly code?: string };
  const reason = reasons[code ?? ""] ?? `cannot be started (${code ?? "unknown error"})`;
  return { code: code === "ENOENT" ? 127 : 126, signal: undefined, failure: `${command} ${reason}` };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT:
    "was not found: check its spelling, and whether PATH has its folder; node_modules/.bin is there in npm scripts",
  EACCES: "cannot be run: permission denied",
  EPERM: "cannot be run: permission denied",
  E2BIG: "cannot be started: the variables, or one of them, are larger than this platform allows",
};
