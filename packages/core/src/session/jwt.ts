/** The times that a JWT states, in milliseconds. */
export interface JwtTimes {
  readonly issuedAt: number | undefined;
  readonly expiresAt: number | undefined;
}

/** Reads a token's `iat` and `exp` without verifying it; nothing for a token that is no JWT. */
export function jwtTimes(token: string): JwtTimes {
  const { iat, exp } = claims(token);
  return { issuedAt: toTime(iat), expiresAt: toTime(exp) };
}

function claims(token: string): { iat?: unknown; exp?: unknown } {
  const payload = token.split(".")[1] ?? "";
  try {
    const parsed: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function toTime(seconds: unknown): number | undefined {
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
