import { telemetry } from "@infisical/opentelemetry";
import { createSubject as createUntraced } from "./ours.mjs";

/**
 * This SDK with OpenTelemetry's API, which does nothing without its SDK.
 *
 * @param {string} siteUrl
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl) {
  return createUntraced(siteUrl, { observer: telemetry() });
}
