/** A form in which variables can be written. */
export interface ExportFormat {
  /** What reads it, as the end of a sentence: "dotenv files". */
  readonly target: string;
  /** What it cannot hold, in sentences, for the error. */
  readonly limits: string;
  /** Whether it can hold a name. */
  holdsName(name: string): boolean;
  /** Returns one variable as its reader takes it; `undefined` for a value that it cannot hold. */
  write(name: string, value: string): string | undefined;
  /** Puts what `write` returned together. */
  join(written: readonly string[]): string;
}

/** Joins lines, each with its line break. */
export const joinLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** Whether a text can be in a file of variables at all: no NUL, no half of a character. */
export const isText = (value: string): boolean => !/[\0\p{Cs}]/u.test(value);
