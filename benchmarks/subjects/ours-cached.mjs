import { cache } from "@infisical/cache";
import { createSubject as createUncached } from "./ours.mjs";

/**
 * This SDK with its cache.
 *
 * @param {string} siteUrl
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl) {
  return createUncached(siteUrl, { middleware: [cache({ ttl: "1h" })] });
}
