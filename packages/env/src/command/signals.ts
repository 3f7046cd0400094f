import { constants } from "node:os";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Tells of the signals of this process, and whether the child gets them by itself: a terminal sends Ctrl-C to all of its
 * processes, and on Windows, where a signal would kill at once, nothing else is sent either.
 *
 * @returns Ends it.
 */
export function onSignals(receive: (name: NodeJS.Signals, reachesAll: boolean) => void): () => void {
  const isWindows = process.platform === "win32";
  const names: readonly NodeJS.Signals[] = isWindows ? ["SIGINT", "SIGBREAK", "SIGHUP"] : passedOn;
  const listen = (name: NodeJS.Signals): void => {
    const isFromTerminal = (name === "SIGINT" || name === "SIGQUIT") && process.stdin.isTTY;
    receive(name, isWindows || isFromTerminal);
  };
  for (const name of names) process.on(name, listen);
  return () => {
    for (const name of names) process.off(name, listen);
  };
}

/** The exit code that shells give a command that a signal ended. */
export function codeOfSignal(name: NodeJS.Signals): number {
  return 128 + (constants.signals[name] ?? 0);
}

/** Ends this process by a signal, as its child has ended. A first process of a container lives on, and exits by itself. */
export function endBySignal(name: NodeJS.Signals): void {
  process.exitCode = codeOfSignal(name);
  if (process.platform === "win32" || !["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"].includes(name)) return;
  process.kill(process.pid, name);
}
