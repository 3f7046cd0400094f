import { notFound } from "../http/api-error.js";
import type { ServerState } from "../state/server-state.js";

/** Throws 404 unless a login names the organization that there is, or none. */
export function requireOrganization({ organizationSlug }: ServerState, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== organizationSlug) {
    throw notFound(`Sub organization with slug ${wanted} not found`);
  }
}
