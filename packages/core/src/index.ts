export type { Auth } from "./auth.ts";
export type { AuthStrategy, LoginContext, LoginResponse } from "./auth-strategy.ts";
export { checkOrganizationSlug } from "./check-organization-slug.ts";
export { type BaseClient, type Client, createClient, type PluginAccessors } from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export type { Clock } from "./clock.ts";
export { type Duration, toMilliseconds } from "./duration.ts";
export type { InfisicalErrorCode } from "./errors/error-code.ts";
export { InfisicalSDKError, type InfisicalSDKErrorOptions } from "./errors/infisical-sdk-error.ts";
export {
  InfisicalSDKRequestError,
  type InfisicalSDKRequestErrorOptions,
} from "./errors/infisical-sdk-request-error.ts";
export { type AnyInfisicalError, isInfisicalError } from "./errors/is-infisical-error.ts";
export { optionError } from "./errors/option-error.ts";
export { rewordRequestError } from "./errors/reword-request-error.ts";
export type { Fetch, FetchInit, FetchReply, ReplyHeaders } from "./fetch.ts";
export { apiPath, type PathParameter } from "./http/api-path.ts";
export type { RetryOptions } from "./http/retry-options.ts";
export type {
  CallOptions,
  HttpClient,
  HttpMethod,
  HttpRequest,
  QueryValue,
  ReplyFieldType,
  ReplyShape,
} from "./http-client.ts";
export type { ApiRequest, ApiResponse, Middleware, Next } from "./middleware.ts";
export { definePlugin, type Plugin, type PluginContext } from "./plugin.ts";
