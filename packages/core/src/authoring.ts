export { rewordRequestError } from "./errors/errors.ts";
export { optionError } from "./errors/option-error.ts";
export { apiPath, type PathParameter } from "./http/api-path.ts";
export { defineStrategy, type StrategyOptions } from "./session/define-strategy.ts";
export { abortable } from "./support/abort.ts";
export { assertSignal, folderPath, parseOrganizationSlug, requireText } from "./support/check.ts";
export { toMilliseconds } from "./support/duration.ts";
export { readVariable } from "./support/environment.ts";
export { warn } from "./support/warn.ts";
