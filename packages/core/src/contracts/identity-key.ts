/** Who makes a call, and to which server: known before the login. */
export interface IdentityScope {
  /** The server's address, as the client's `siteUrl` was completed. */
  readonly siteUrl: string;
  /** The `subject` of the strategy. */
  readonly subject: string;
}

/** All copies of this package in a process share the mark. */
const scopeMark: unique symbol = Symbol.for("infisical.sdk.scope") as never;

/** Creates what represents an identity to middleware: an object without visible properties, frozen. */
export function createIdentityKey(siteUrl: string, subject: unknown): object {
  const isKnown = typeof subject === "string" && subject !== "";
  const value = isKnown ? Object.freeze({ siteUrl, subject }) : undefined;
  return Object.freeze(Object.defineProperty({}, scopeMark, { value }));
}

/**
 * Returns who is behind the `identity` of a request that a middleware sees, so that it can share what it keeps with other
 * processes.
 *
 * @param identity - The request's `identity`.
 * @returns The server's address and the subject of the strategy; `undefined` if the subject is unknown, as with a token that
 * the caller provided.
 *
 * @example
 * import type { Middleware } from "@infisical/core";
 * import { scopeOf } from "@infisical/core/authoring";
 * const logging: Middleware = (request, next) => {
 *   console.log(scopeOf(request.identity)?.siteUrl ?? "unknown");
 *   return next(request);
 * };
 */
export function scopeOf(identity: object): IdentityScope | undefined {
  const { value } = Object.getOwnPropertyDescriptor(identity, scopeMark) ?? {};
  return value as IdentityScope | undefined;
}
