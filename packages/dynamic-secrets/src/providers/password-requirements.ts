/** What generated passwords are made of. */
export interface PasswordRequirements {
  /** How many characters, 1 to 250. */
  readonly length: number;
  /** How many of each kind at least, 0 or more; together no more than `length`. */
  readonly required: {
    /** Letters `a` to `z`. */
    readonly lowercase: number;
    /** Letters `A` to `Z`. */
    readonly uppercase: number;
    /** Digits. */
    readonly digits: number;
    /** Characters of `allowedSymbols`. */
    readonly symbols: number;
  };
  /** The symbols that may be used. */
  readonly allowedSymbols?: string | undefined;
}
