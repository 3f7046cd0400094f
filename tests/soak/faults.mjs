/**
 * Every kind of failure that a network and a server have.
 *
 * @type {readonly import("@infisical/test-server").Failure[]}
 */
export const faults = [
  { status: 500 },
  { status: 502 },
  { status: 503 },
  { status: 504 },
  { status: 408 },
  { status: 401, body: { error: "UnauthorizedError", message: "No identity access token found" } },
  { status: 403, body: { error: "TokenError", message: "Your token has expired. Please re-authenticate." } },
  { rateLimit: { retryAfter: 0.02 } },
  { rateLimit: { retryAfter: 0.02, header: false } },
  { rateLimit: { retryAfter: 0.02, legacy: true } },
  { delay: 30 },
  { stall: "headers" },
  { stall: "body" },
  { drop: "before" },
  { drop: "after" },
  { refuse: true },
  { truncate: "connection" },
  { truncate: "body" },
  { garbage: true },
  { redirect: "https://elsewhere.example/" },
];

/**
 * Whether a failure made the refusal of an expired token unreadable: cut in half, a 403 no longer says that it is
 * about the token.
 *
 * @param {import("@infisical/test-server").Failure | undefined} fault
 * @param {string} code
 */
export function hidesRefusal(fault, code) {
  return fault !== undefined && "truncate" in fault && fault.truncate === "body" && code === "FORBIDDEN";
}
