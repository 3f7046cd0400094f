export {
  type AsyncDisposal,
  type BaseClient,
  type Client,
  type CloseOptions,
  createClient,
  type PluginAccessors,
} from "./client.ts";
export type {
  AuthStrategy,
  IdentityOptions,
  LoginContext,
  LoginResponse,
  LoginRoute,
} from "./contracts/auth-strategy.ts";
export type {
  ClientEvent,
  Emit,
  EmitOfCall,
  EventFields,
  EventListener,
  EventSink,
  EventType,
  Outcome,
} from "./contracts/events.ts";
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
export type { Around, Beginning, ClientObserver, ObservedClient, Observer } from "./contracts/observer.ts";
export { definePlugin, type EndOfClient, type Plugin, type PluginContext } from "./contracts/plugin.ts";
export { isUnavailable, type TokenSource, type TokenSourceContext } from "./contracts/token-source.ts";
export {
  type ResponseHeaders,
  type Transport,
  TransportError,
  type TransportErrorOptions,
  type TransportRequest,
  type TransportResponse,
  type TransportStream,
} from "./contracts/transport.ts";
export {
  type AnyInfisicalError,
  type InfisicalErrorCode,
  InfisicalSDKError,
  type InfisicalSDKErrorOptions,
  InfisicalSDKRequestError,
  type InfisicalSDKRequestErrorOptions,
  isInfisicalError,
} from "./errors/errors.ts";
export { type LogEventsOptions, type Logger, type LogLevel, logEvents } from "./events/log-events.ts";
export type { RetryOptions } from "./http/retry.ts";
export type { ClientOptions } from "./options.ts";
export type { Auth } from "./session/auth.ts";
export { type TokenAuthOptions, tokenAuth } from "./session/token.ts";
export type { Clock, Duration } from "./support/time.ts";
