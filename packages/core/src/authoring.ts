export { contextOf, createClientFor } from "./client.ts";
export { defineStrategy, type LoginAdvice, type StrategyOptions } from "./contracts/auth-strategy.ts";
export { type IdentityScope, scopeOf } from "./contracts/identity-key.ts";
export { withCallersStack } from "./errors/caller-frames.ts";
export {
  cloneError,
  optionError,
  readOption,
  rewordRequestError,
  systemCodeText,
} from "./errors/make-error.ts";
export { withoutSecrets } from "./http/redact.ts";
export { apiPath, normalizeSiteUrl, type PathParameter } from "./http/url.ts";
export {
  type CallArguments,
  fieldsOf,
  type OptionRules,
  own,
  parseCallArguments,
  parseCallOptions,
} from "./support/call-options.ts";
export {
  assertSignal,
  folderPath,
  identityIdOrVariable,
  integerFrom,
  listOf,
  type OptionRule,
  oneOf,
  parseOrganizationSlug,
  requireFlag,
  requireFunction,
  requireString,
  requireText,
  requireUnquoted,
} from "./support/check.ts";
export { headersFrom, siteUrlFrom } from "./support/connection-variables.ts";
export { addressFrom, readVariable, warn } from "./support/environment.ts";
export { isSystemClock, parseLifetime, parseTimeout, systemClock, toMilliseconds } from "./support/time.ts";
export { abortable, abortReason, onAbort, withinTime } from "./support/wait.ts";
