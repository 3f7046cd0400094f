import { writeSync } from "node:fs";

/** Where a command writes, and whether to people. */
export interface Output {
  /** Writes to the standard output; resolves once it was taken. */
  write(text: string): Promise<void>;
  /** Writes a line about what happens to the standard error, unless the command is silent. */
  say(line: string): void;
  /** Writes a line about what went wrong to the standard error. */
  complain(line: string): void;
  /** Shows a line while a promise is pending and somebody watches. */
  during<Result>(line: string, work: Promise<Result>): Promise<Result>;
  /** Whether the standard output is a terminal. */
  readonly isTerminal: boolean;
}

/** How long nothing is shown, in milliseconds: most waits are shorter. */
const patience = 300;

/** The output of this process. */
export function outputOf({ silent }: { readonly silent: boolean }): Output {
  const { stdout, stderr } = process;
  const complain = (line: string): void => tell(`infisical-env: ${line}\n`);
  return {
    write: (text) =>
      new Promise((resolve, reject) => stdout.write(text, (error) => (error ? reject(error) : resolve()))),
    say: (line) => silent || complain(line),
    complain,
    async during(line, work) {
      if (silent || !stderr.isTTY) return work;
      const shown = `infisical-env: ${line}`.slice(0, Math.max(10, (stderr.columns || 80) - 1));
      const timer = setTimeout(() => tell(shown), patience);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
        tell("\r\x1b[K");
      }
    },
    isTerminal: stdout.isTTY === true,
  };
}

/** Writes at once, so that nothing is lost when the process ends by a signal; a reader that has gone is not an error. */
function tell(text: string): void {
  try {
    writeSync(2, text);
  } catch {}
}
