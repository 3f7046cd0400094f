import { kyTransport } from "@infisical/core/ky";
import { createSubject as createOurs } from "./ours.mjs";

/**
 * This SDK through `kyTransport`, which is what the umbrella's option `fetch` is short for.
 *
 * @param {string} siteUrl
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl) {
  return createOurs(siteUrl, { transport: kyTransport() });
}
