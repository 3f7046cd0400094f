import type { Identifiers } from "../state/identifiers.js";

const lowercase = "abcdefghijklmnopqrstuvwxyz";
const uppercase = lowercase.toUpperCase();
const digits = "0123456789";
const symbols = "-_.~!*";

/** What a generated password consists of. */
export interface PasswordRules {
  readonly length: number;
  readonly required: {
    readonly lowercase: number;
    readonly uppercase: number;
    readonly digits: number;
    readonly symbols: number;
  };
  readonly allowedSymbols?: string | undefined;
}

/** A user's name as the server makes it up: letters and digits. */
export function madeUpUsername(identifiers: Identifiers): string {
  return madeUpText(identifiers, 32, lowercase + uppercase + digits);
}

/** A password; without rules of that length, of anything. */
export function madeUpPassword(
  identifiers: Identifiers,
  length: number,
  rules: PasswordRules | undefined,
): string {
  if (!rules) return madeUpText(identifiers, length, `${lowercase}${uppercase}${digits}${symbols}$#`);
  const { required, allowedSymbols } = rules;
  const demanded = [
    madeUpText(identifiers, required.lowercase, lowercase),
    madeUpText(identifiers, required.uppercase, uppercase),
    madeUpText(identifiers, required.digits, digits),
    madeUpText(identifiers, required.symbols, allowedSymbols || symbols),
  ].join("");
  // Symbols only where they are wanted: a provider may not take any.
  const rest = lowercase + uppercase + digits;
  return demanded + madeUpText(identifiers, rules.length - demanded.length, rest);
}

/** Text that looks random and is the same in every run, of an alphabet with something in it. */
export function madeUpText(identifiers: Identifiers, length: number, alphabet: string): string {
  let text = "";
  while (text.length < length) {
    for (const byte of Buffer.from(identifiers.hex(64), "hex"))
      text += alphabet.charAt(byte % alphabet.length);
  }
  return text.slice(0, length);
}
