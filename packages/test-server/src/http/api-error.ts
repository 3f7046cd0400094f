import type { ZodIssue } from "zod";

/** An error response: the status, label and message of the server. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly label: string;
  readonly issues: readonly ZodIssue[] | undefined;

  constructor(status: number, label: string, message: string, issues?: readonly ZodIssue[]) {
    super(message);
    this.status = status;
    this.label = label;
    this.issues = issues;
  }
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, "BadRequest", message);
}

export function unauthorized(message: string): ApiError {
  return new ApiError(401, "UnauthorizedError", message);
}

/** The token itself is not valid: malformed, wrongly signed or expired. */
export function tokenError(message: string): ApiError {
  return new ApiError(403, "TokenError", message);
}

export function permissionDenied(action: string, subject: string): ApiError {
  return new ApiError(403, "PermissionDenied", `You are not allowed to ${action} on ${subject}`);
}

/** The label is a parameter, because for some routes the real server's names the operation. */
export function notFound(message: string, label = "NotFound"): ApiError {
  return new ApiError(404, label, message);
}

export function validationFailure(issues: readonly ZodIssue[]): ApiError {
  return new ApiError(422, "ValidationFailure", "Validation failed", issues);
}
