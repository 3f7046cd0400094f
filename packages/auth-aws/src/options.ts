import { optionError, parseOrganizationSlug, readVariable } from "@infisical/core/authoring";
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
   * @defaultValue `AWS_REGION`, else `AWS_DEFAULT_REGION`; except on the Lambda entry then the metadata of the EC2 instance
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
export interface CheckedOptions extends AwsIamAuthOptions {
  readonly identityId: string;
}

/** Checks the options; those that are left out are looked for when the session logs in, but for the identity. */
export function checkOptions(options: AwsIamAuthOptions | undefined): CheckedOptions {
  const { identityId = readVariable(identityIdVariable), region, stsRegion } = options ?? {};
  const { credentials, organizationSlug } = options ?? {};
  if (typeof identityId !== "string" || identityId.trim() === "") {
    throw optionError(
      "identityId",
      `must be a non-empty string; if it is left out, ${identityIdVariable} must be set`,
      identityId,
    );
  }
  if (region !== undefined) checkRegion("region", region);
  if (stsRegion !== undefined) checkRegion("stsRegion", stsRegion);
  if (credentials !== undefined && typeof credentials !== "function" && !isObject(credentials)) {
    // The value may be a secret key in the wrong place, so it is not repeated.
    throw optionError("credentials", "must be AWS credentials or a function that gives them");
  }
  parseOrganizationSlug(organizationSlug);
  return { identityId: identityId.trim(), region, stsRegion, credentials, organizationSlug };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
