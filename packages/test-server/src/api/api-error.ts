import type { ZodIssue } from "zod";

/** An error response: the status, label and message of the server. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly label: string;
  /** Fields of the response besides the usual ones, or in their place. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    label: string,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.label = label;
    this.fields = fields;
  }
}

export function badRequest(message: string, label = "BadRequest"): ApiError {
  return new ApiError(400, label, message);
}

/** The label is a parameter, because for some refusals the real server's names the cause. */
export function unauthorized(message: string, label = "UnauthorizedError"): ApiError {
  return new ApiError(401, label, message);
}

/** The texts for flaws whose own would not help a caller. */
const flawTexts: Readonly<Record<string, string>> = {
  "jwt expired": "Your token has expired. Please re-authenticate.",
  "jwt malformed":
    "The provided access token is malformed. Please use a valid token or generate a new one and try again.",
  "invalid algorithm":
    "The access token is signed with an invalid algorithm. Please provide a valid token and try again.",
};

/** The token itself is not valid: malformed, wrongly signed or expired. The flaw is in the words of the real server's library. */
export function tokenError(flaw: string): ApiError {
  return new ApiError(403, "TokenError", flawTexts[flaw] ?? flaw);
}

/** The label is a parameter, because for some refusals the real server's names the cause. */
export function forbidden(message: string, label = "ForbiddenError"): ApiError {
  return new ApiError(403, label, message);
}

/** A role does not allow an action. No rule of the roles here has conditions, which `details` would list. */
export function permissionDenied(action: string, subject: string): ApiError {
  const message = `You are not allowed to ${action} on ${subject}`;
  return new ApiError(403, "PermissionDenied", message, { details: [] });
}

/** The label is a parameter, because for some routes the real server's names the operation. */
export function notFound(message: string, label = "NotFound"): ApiError {
  return new ApiError(404, label, message);
}

export function validationFailure(issues: readonly ZodIssue[]): ApiError {
  return new ApiError(422, "ValidationFailure", "Validation failed", { message: issues });
}

/** The database refuses a query, such as one for an id that is not a UUID. The label names the query. */
export function databaseError(label: string): ApiError {
  return new ApiError(500, label, "Something went wrong");
}
