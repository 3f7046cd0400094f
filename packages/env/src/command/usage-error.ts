/** The command was called in a way that it does not know: exit code 2, and a hint at its help. */
export class UsageError extends Error {
  /** The subcommand whose help tells more; none for the command itself. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}
