import { badRequest } from "../http/api-error.ts";
import type { SecretValidationRuleSeed } from "../options.ts";

/**
 * Rejects names that break a rule, all of them in one response. Clients only get a message: the real server does not
 * list the failures in its JSON either.
 */
export function requireValidKeys(
  rules: readonly SecretValidationRuleSeed[],
  environment: string,
  keys: readonly string[],
): void {
  const failures = keys.flatMap((key) =>
    rules
      .filter((rule) => (rule.environment ?? environment) === environment)
      .filter(({ keyPattern }) => key.search(keyPattern) === -1)
      .map(
        ({ name, keyPattern }) =>
          `Secret "${key}": key must match pattern ${sourceOf(keyPattern)} (rule: "${name}", constraint: Regex pattern)`,
      ),
  );
  if (failures.length > 0) throw badRequest(`Secret validation failed:\n${failures.join("\n\n")}`);
}

function sourceOf(pattern: string | RegExp): string {
  return typeof pattern === "string" ? pattern : pattern.source;
}
