/** How a server begins when a validation rule of the project forbids a secret. */
export const ruleViolation: RegExp = /^Secret validation failed:/;

/** One failure of a validation rule. */
interface RuleViolation {
  /** What is wrong, in the server's words. */
  readonly message: string;
  /** The secret's name, with which the text begins. */
  readonly secretName?: string | undefined;
  /** The rule's name, which the text has in quotes. */
  readonly rule?: string | undefined;
}

/** How much of the text is looked at, in characters. */
const longestText = 20_000;

/** Takes apart what the server says: one failure after each blank line. */
export function parseRuleViolations(text: string): RuleViolation[] {
  const items = text
    .slice(0, longestText)
    .replace(ruleViolation, "")
    .split(/\n\s*\n/);
  return items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map(parseItem);
}

function parseItem(message: string): RuleViolation {
  return {
    message,
    secretName: /^(?:secret\s+)?["'`]?([^\s"'`:]+)/i.exec(message)?.[1],
    rule: /\brule\b[^"]*"([^"]+)"/i.exec(message)?.[1] ?? /"([^"]+)"/.exec(message.slice(1))?.[1],
  };
}
