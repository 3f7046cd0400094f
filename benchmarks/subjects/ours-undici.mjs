import { undiciTransport } from "@infisical/transport-undici";
import { createSubject as createOurs } from "./ours.mjs";

/**
 * This SDK through `undiciTransport`.
 *
 * @param {string} siteUrl
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl) {
  return createOurs(siteUrl, { transport: undiciTransport() });
}
