import type { Identifiers } from "../state/identifiers.ts";

const lowercase = "abcdefghijklmnopqrstuvwxyz";
const uppercase = lowercase.toUpperCase();
const digits = "0123456789";
const symbols = "-_.~!*";

/** The requirements for a generated password. */
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

/** A user name as the server generates it: letters and digits. */
export function generateUsername(identifiers: Identifiers): string {
  return generateText(identifiers, 32, lowercase + uppercase + digits);
}

/** A password by the rules; without rules, one of the given length with characters of every kind. */
export function generatePassword(
  identifiers: Identifiers,
  length: number,
  rules: PasswordRules | undefined,
): string {
  if (!rules) return generateText(identifiers, length, `${lowercase}${uppercase}${digits}${symbols}$#`);
  const { required, allowedSymbols } = rules;
  const mandatory = [
    generateText(identifiers, required.lowercase, lowercase),
    generateText(identifiers, required.uppercase, uppercase),
    generateText(identifiers, required.digits, digits),
    generateText(identifiers, required.symbols, allowedSymbols || symbols),
  ].join("");
  // No further symbols: a provider might not accept any.
  const rest = lowercase + uppercase + digits;
  return mandatory + generateText(identifiers, rules.length - mandatory.length, rest);
}

/** Text that looks random and is the same in every run. The alphabet must not be empty. */
export function generateText(identifiers: Identifiers, length: number, alphabet: string): string {
  let text = "";
  while (text.length < length) {
    for (const byte of Buffer.from(identifiers.hex(64), "hex"))
      text += alphabet.charAt(byte % alphabet.length);
  }
  return text.slice(0, length);
}
