import { cacheEntry } from "./cache-entry.mjs";
import { house } from "./house.mjs";
import { logins } from "./logins.mjs";
import { repeatedRequests } from "./repeated-requests.mjs";
import { session } from "./session.mjs";

/**
 * Draws the diagrams of the documentation.
 *
 * @param {readonly import("../check-packages/read-packages.mjs").Package[]} packages
 * @returns {Map<string, string>} each by its file
 */
export function diagrams(packages) {
  return new Map([
    ["docs/diagrams/cache-entry.svg", cacheEntry],
    ["docs/diagrams/house.svg", house(packages)],
    ["docs/diagrams/logins.svg", logins],
    ["docs/diagrams/repeated-requests.svg", repeatedRequests],
    ["docs/diagrams/session.svg", session],
  ]);
}
