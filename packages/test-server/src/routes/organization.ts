import { notFound } from "../http/api-error.ts";
import type { ServerState } from "../state/server-state.ts";

/** Throws 404 if a login names an organization that does not exist. */
export function requireOrganization({ organizationSlug }: ServerState, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== organizationSlug) {
    throw notFound(`Sub organization with slug ${wanted} not found`);
  }
}
