import {
  fieldsOf,
  optionError,
  own,
  parseOrganizationSlug,
  readVariable,
  requireUnquoted,
} from "@infisical/core/authoring";
import type { AwsCredentials, AwsCredentialsProvider } from "./aws-credentials.ts";
import { identityIdVariable } from "./environment.ts";
import { checkRegion } from "./region.ts";

/** Who to log in as, and with which AWS credentials. */
export interface AwsIamAuthOptions {
  /**
   * The id of the machine identity.
   *
   * @defaultValue the variable `INFISICAL_MACHINE_IDENTITY_ID`
   */
  readonly identityId?: string | undefined;
  /**
   * The AWS region that the program runs in, e.g. `"eu-central-1"`.
   *
   * @defaultValue `AWS_REGION`, else `AWS_DEFAULT_REGION`; except on the Lambda entry then the profile's `region`, then
   * the metadata of the EC2 instance
   */
  readonly region?: string | undefined;
  /**
   * The region whose AWS STS the Infisical server asks who signed, where that must be another one.
   *
   * @defaultValue `region`
   */
  readonly stsRegion?: string | undefined;
  /**
   * The AWS credentials, or a function that gives them, such as any provider of the AWS SDK.
   *
   * @defaultValue on the Lambda entry the environment's; else also what AWS's own provider chain finds
   */
  readonly credentials?: AwsCredentials | AwsCredentialsProvider | undefined;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization that the identity was created in
   */
  readonly organizationSlug?: string | undefined;
}

/** The options, checked as far as they can be before a login. */
export interface ParsedOptions extends AwsIamAuthOptions {
  readonly identityId: string;
}

const rules = {
  "identityId?": requireUnquoted,
  "region?": checkRegion,
  "stsRegion?": checkRegion,
  "credentials?": requireCredentials,
  "organizationSlug?": (_: string, slug: unknown) => parseOrganizationSlug(slug as string),
};

const parse = fieldsOf(rules);

/** Checks the options; those that are left out are looked for when the session logs in, but for the identity. */
export function parseOptions(options: AwsIamAuthOptions): ParsedOptions {
  const { identityId = readVariable(identityIdVariable), ...parsed } = parse(
    "",
    options,
  ) as AwsIamAuthOptions;
  if (identityId === undefined) {
    const rule = `must be a non-empty string; if it is left out, ${identityIdVariable} must be set`;
    throw optionError("identityId", rule);
  }
  return own({ ...parsed, identityId: requireUnquoted("identityId", identityId, identityIdVariable).trim() });
}

function requireCredentials(option: string, value: unknown): unknown {
  if (typeof value === "function" || (typeof value === "object" && value !== null)) return value;
  // It may be a secret key in the wrong place, so it is not repeated.
  throw optionError(option, "must be AWS credentials or a function that gives them");
}
