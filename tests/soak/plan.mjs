import { pickFault } from "./faults.mjs";
import { randomOf } from "./random.mjs";

/**
 * What a call is, and what happens to it; the same for the same seed.
 *
 * @typedef {object} Plan
 * @property {number} call
 * @property {"read" | "write" | "lease"} kind
 * @property {import("./faults.mjs").Fault | undefined} fault
 * @property {number} times how many attempts meet the fault
 * @property {boolean} isUntrusted whether the call reaches an endpoint with an untrusted certificate
 * @property {() => number} random what is left to chance in the call
 */

/**
 * @param {{ seed: number, faultShare: number }} options
 * @param {number} call
 * @returns {Plan}
 */
export function planOf({ seed, faultShare }, call) {
  const random = randomOf(seed, call);
  const kind = random() < 0.04 ? "lease" : call % 2 === 0 ? "read" : "write";
  // Leases are few, and their faults are shared between taking and deleting.
  const fault = random() < (kind === "lease" ? 0.4 : faultShare) ? pickFault(random) : undefined;
  const times = fault?.passes && random() < 0.3 ? 1 + Math.ceil(random() * 2) : 1;
  const isUntrusted = kind !== "lease" && fault === undefined && random() < 0.01;
  return { call, kind, fault, times, isUntrusted, random };
}
