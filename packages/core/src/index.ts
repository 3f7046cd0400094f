export {
  type AsyncDisposal,
  type BaseClient,
  type Client,
  type CloseOptions,
  createClient,
  type PluginAccessors,
} from "./client.ts";
export type { AuthStrategy, LoginContext, LoginResponse } from "./contracts/auth-strategy.ts";
export type {
  CallOptions,
  HttpClient,
  HttpMethod,
  HttpRequest,
  QueryValue,
  ResponseField,
  ResponseFieldType,
  ResponseShape,
} from "./contracts/http-client.ts";
export type { ApiRequest, ApiResponse, Middleware, Next } from "./contracts/middleware.ts";
export { definePlugin, type EndOfClient, type Plugin, type PluginContext } from "./contracts/plugin.ts";
export type {
  ResponseHeaders,
  Transport,
  TransportRequest,
  TransportResponse,
} from "./contracts/transport.ts";
export type { InfisicalErrorCode } from "./errors/error-code.ts";
export {
  type AnyInfisicalError,
  InfisicalSDKError,
  type InfisicalSDKErrorOptions,
  InfisicalSDKRequestError,
  type InfisicalSDKRequestErrorOptions,
  isInfisicalError,
} from "./errors/errors.ts";
export { TransportError, type TransportErrorOptions } from "./errors/transport-error.ts";
export type { RetryOptions } from "./http/retry.ts";
export type { ClientOptions } from "./options.ts";
export type { Auth } from "./session/auth.ts";
export { type TokenAuthOptions, tokenAuth } from "./session/token-auth.ts";
export type { Clock } from "./support/clock.ts";
export type { Duration } from "./support/duration.ts";
