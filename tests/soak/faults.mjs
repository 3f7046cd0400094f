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
 * Whether the failure says that the token is no good.
 *
 * @param {import("@infisical/test-server").Failure | undefined} fault
 */
export function refusesToken(fault) {
  return fault !== undefined && "status" in fault && (fault.status === 401 || fault.status === 403);
}
