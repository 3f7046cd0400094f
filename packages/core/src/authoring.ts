export { cloneError, rewordRequestError } from "./errors/errors.ts";
export { optionError, readOption } from "./errors/option-error.ts";
export { apiPath, type PathParameter } from "./http/api-path.ts";
export { withoutSecrets } from "./http/redact.ts";
export { defineStrategy, type StrategyOptions } from "./session/define-strategy.ts";
export { abortable } from "./support/abort.ts";
export {
  fieldsOf,
  integerFrom,
  listOf,
  type OptionRule,
  type OptionRules,
  oneOf,
  parseCallOptions,
  requireFlag,
  requireString,
} from "./support/call-options.ts";
export {
  assertSignal,
  folderPath,
  parseOrganizationSlug,
  requireText,
  requireUnquoted,
} from "./support/check.ts";
export { toMilliseconds } from "./support/duration.ts";
export { readVariable } from "./support/environment.ts";
export { own } from "./support/own.ts";
export { abortReason, onAbort } from "./support/signal.ts";
export { warn } from "./support/warn.ts";
