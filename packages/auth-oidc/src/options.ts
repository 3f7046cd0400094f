import type { TokenSource } from "@infisical/core";
import { fieldsOf, parseOrganizationSlug, requireUnquoted } from "@infisical/core/authoring";
import { parseTokenSource } from "@infisical/core/logins";

/** What the logins with a JWT have in common. */
export interface TokenLoginOptions {
  /** The id of the machine identity. */
  readonly identityId: string;
  /**
   * Where the JWT comes from: a token source, such as `githubActions()`, which is called at every login. Or the JWT
   * itself, which cannot be renewed: logins fail once it has expired.
   */
  readonly token: TokenSource | string;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization in which the identity was created
   */
  readonly organizationSlug?: string | undefined;
}

/** Checks the options of a login with a JWT. */
export const parseOptions = fieldsOf({
  identityId: (option, value) => requireUnquoted(option, value),
  token: parseTokenSource,
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => TokenLoginOptions;
