import { optionError } from "./errors/option-error.ts";

/**
 * Checks the option `organizationSlug`, which the server takes with every login.
 *
 * @param slug - The slug of the sub-organization to act in; `undefined` for the identity's own organization.
 * @returns The slug, as it was given.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a slug.
 *
 * @example
 * import { checkOrganizationSlug } from "@infisical/core";
 * checkOrganizationSlug("team-a"); // "team-a"
 */
export function checkOrganizationSlug(slug: string | undefined): string | undefined {
  if (slug === undefined || (typeof slug === "string" && /^[a-z\d-]{1,32}$/.test(slug))) return slug;
  throw optionError("organizationSlug", "must be 1 to 32 lower-case letters, digits or hyphens", slug);
}
