import { ApiError, unauthorized } from "../http/api-error.ts";
import type { JwtAuth } from "../state/entities.ts";
import type { JwtClaims } from "./verify-jwt.ts";

/** Throws unless the claims meet the identity's configuration, checked in the server's order. */
export function checkClaims(claims: JwtClaims, method: JwtAuth): void {
  const { iss, sub, aud } = claims;
  if (method.boundIssuer !== undefined && iss !== method.boundIssuer) {
    throw forbidden("Access denied: issuer mismatch");
  }
  if (method.boundSubject !== undefined) {
    if (!sub) throw unauthorized("Access denied: token has no subject field");
    if (!matches(sub, method.boundSubject)) throw forbidden("Access denied: subject not allowed");
  }
  if (method.boundAudiences.length > 0) {
    if (!aud) throw unauthorized("Access denied: token has no audience field");
    if (!method.boundAudiences.some((audience) => matches(aud, audience))) {
      throw unauthorized("Access denied: token audience not allowed");
    }
  }
  for (const [claim, wanted] of Object.entries(method.boundClaims)) {
    const value = atPath(claims, claim);
    if (!value) throw unauthorized(`Access denied: token has no ${claim} field`);
    if (!wanted.split(",").some((allowed) => matches(value, allowed.trim()))) {
      throw unauthorized(`Access denied: claim mismatch for field ${claim}`);
    }
  }
}

function forbidden(message: string): ApiError {
  return new ApiError(403, "ForbiddenError", message);
}

/** Whether a value, or any of a list, matches a pattern in which `*` matches anything. */
function matches(value: unknown, pattern: string): boolean {
  if (Array.isArray(value)) return value.some((entry) => matches(entry, pattern));
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(String(value));
}

/** The value at a path such as `a.b.c`. */
function atPath(claims: JwtClaims, path: string): unknown {
  if (path in claims) return claims[path];
  return path
    .split(".")
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], claims);
}
