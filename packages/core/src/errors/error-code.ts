/**
 * What went wrong, as a stable word to branch on. Each has its cause and cure in `docs/errors.md`.
 *
 * @example
 * import { type InfisicalErrorCode } from "@infisical/core";
 * const worthALaterTry: InfisicalErrorCode[] = ["UNREACHABLE", "TIMEOUT", "RATE_LIMITED"];
 */
export type InfisicalErrorCode =
  /** An option is missing or breaks a rule; nothing was sent. */
  | "INVALID_OPTION"
  /** A call needs a token, and the client was given no way to get one. */
  | "NOT_AUTHENTICATED"
  /** The client was closed before the call; nothing was sent. */
  | "CLIENT_CLOSED"
  /** The server refused the login. */
  | "AUTH_FAILED"
  /** 400, or a 4xx without a code of its own: the server rejected what was asked. */
  | "BAD_REQUEST"
  /** 401: the token was refused, and a new login did not help or was not possible. */
  | "UNAUTHORIZED"
  /** 403: the identity lacks the permission. */
  | "FORBIDDEN"
  /** 404: no such secret, folder, environment or project, or none that this identity may see. */
  | "NOT_FOUND"
  /** With `strict`: values refer to secrets that are not there, in a circle, or may not be read. */
  | "UNRESOLVED_REFERENCE"
  /** 409: it exists already, or was changed meanwhile. */
  | "CONFLICT"
  /** 422: the server found a field missing or malformed; `details` has its list. */
  | "VALIDATION_FAILED"
  /** 400: a validation rule of the project forbids the secret; `details` has an entry for each failure. */
  | "SECRET_RULE_VIOLATED"
  /** 429, or an older server's 500 with `retry-after`: too many requests. */
  | "RATE_LIMITED"
  /** 5xx: the server failed. */
  | "SERVER_ERROR"
  /** Something in front of Infisical answered in its place: a proxy, a load balancer, a login page, another site. */
  | "GATEWAY_ERROR"
  /** 3xx: the server sent the client elsewhere, where credentials are not taken. */
  | "REDIRECTED"
  /** The write became an approval request, which is in `details`; nothing has changed yet. */
  | "APPROVAL_REQUIRED"
  /** A 2xx whose body is not what the server promises: not JSON, cut short, or without its fields. */
  | "INVALID_RESPONSE"
  /** The request was not sent: no connection came about (refused, unknown host, untrusted certificate, no free place). */
  | "UNREACHABLE"
  /** The connection broke before the response was complete: a write may already have taken effect. */
  | "CONNECTION_LOST"
  /** No complete response within `timeout`. */
  | "TIMEOUT"
  /** A lease in use could not be renewed and is about to end. */
  | "LEASE_NOT_RENEWED"
  /** The server could not revoke a lease's credentials, which may still work. */
  | "REVOCATION_FAILED";
