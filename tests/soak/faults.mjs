import { pages } from "./pages.mjs";
import { pick } from "./random.mjs";

/**
 * Something that goes wrong with a request.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {import("@infisical/test-server").Failure} failure
 * @property {import("@infisical/core").InfisicalErrorCode} [read] how a read ends that meets it; it survives by default
 * @property {boolean} [isPage] whether something in front of Infisical answers
 * @property {boolean} [passes] whether it may happen to several attempts of a call that survives
 */

/** @type {readonly Fault[]} */
const stalls = [
  { name: "stall of the headers", failure: { stall: "headers" }, passes: true },
  { name: "stall of the body", failure: { stall: "body" }, passes: true },
];

/**
 * What a network and a server do.
 *
 * @type {readonly [Fault, ...Fault[]]}
 */
const failures = [
  { name: "500", failure: { status: 500 }, read: "SERVER_ERROR" },
  { name: "502", failure: { status: 502 }, passes: true },
  { name: "503", failure: { status: 503 }, passes: true },
  { name: "504", failure: { status: 504 }, passes: true },
  { name: "408", failure: { status: 408 }, passes: true },
  { name: "rate limit", failure: { rateLimit: { retryAfter: 0.02 } }, passes: true },
  { name: "rate limit in words", failure: { rateLimit: { retryAfter: 0.02, header: false } }, passes: true },
  { name: "500 with retry-after", failure: { rateLimit: { retryAfter: 0.02, legacy: true } }, passes: true },
  { name: "delay", failure: { delay: 30 } },
  { name: "drop before", failure: { drop: "before" }, passes: true },
  { name: "drop after", failure: { drop: "after" }, passes: true },
  { name: "reset", failure: { refuse: true }, passes: true },
  { name: "cut connection", failure: { truncate: "connection" }, passes: true },
  { name: "cut body", failure: { truncate: "body" }, passes: true },
  { name: "page of another server", failure: { garbage: true }, isPage: true, read: "GATEWAY_ERROR" },
  { name: "redirect", failure: { redirect: "https://elsewhere.example/" }, read: "REDIRECTED" },
];

/**
 * What is refused because of its token although that is good, as servers of several years say so.
 *
 * @type {readonly [Fault, ...Fault[]]}
 */
export const tokenRefusals = [
  {
    name: "401",
    failure: {
      status: 401,
      body: { statusCode: 401, error: "UnauthorizedError", message: "No identity access token found" },
    },
  },
  {
    name: "403 TokenError",
    failure: {
      status: 403,
      body: {
        statusCode: 403,
        error: "TokenError",
        message: "Your token has expired. Please re-authenticate.",
      },
    },
  },
];

/**
 * Picks a fault: half of them are pages, and few are stalls, which cost real time.
 *
 * @param {() => number} random
 * @returns {Fault}
 */
export function pickFault(random) {
  if (random() < 0.02) return pick(random, /** @type {[Fault, Fault]} */ (stalls));
  return pick(random, random() < 0.5 ? pages : failures);
}
