import type { AuthStrategy } from "./auth-strategy.ts";
import { optionError } from "./errors/option-error.ts";

/** Checks that a value is an auth strategy. A text is not repeated: it may be a token in the wrong place. */
export function checkStrategy(option: string, strategy: unknown): asserts strategy is AuthStrategy {
  const { name, login } = Object(strategy) as Partial<AuthStrategy>;
  if (typeof name === "string" && typeof login === "function") return;
  const shown = typeof strategy === "string" ? undefined : strategy;
  throw optionError(option, "must be a strategy, such as universalAuth({ ... }) gives", shown);
}
