import type { IdentityOptions } from "@infisical/core";
import {
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
} from "@infisical/core/authoring";
import { parseRegion } from "./region.ts";

/** AWS credentials, in the form that AWS libraries return. */
export interface AwsCredentials {
  /** The access key's id. */
  readonly accessKeyId: string;
  /** The secret access key. */
  readonly secretAccessKey: string;
  /** The session token of temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** When temporary credentials expire, if known. */
  readonly expiration?: Date | undefined;
}

/**
 * Gets AWS credentials; called at every login.
 *
 * @returns The credentials.
 */
export type AwsCredentialsProvider = () => AwsCredentials | Promise<AwsCredentials>;

/**
 * The identity to log in as, and the AWS credentials to use.
 *
 * @example
 * import { awsIamAuth } from "@infisical/auth-aws";
 * const auth = awsIamAuth({
 *   credentials: {
 *     accessKeyId: "AKIAEXAMPLE",
 *     secretAccessKey: "the-key-of-the-example",
 *     sessionToken: "of a role",
 *     expiration: new Date("2030-01-01"),
 *   },
 *   stsRegion: "eu-central-1",
 * });
 */
export interface AwsIamAuthOptions extends IdentityOptions {
  /**
   * The AWS region in which the program runs, for example `"eu-central-1"`.
   *
   * @defaultValue `AWS_REGION`, else `AWS_DEFAULT_REGION`; then, except in the Lambda entry, the profile's `region`
   * and the metadata of the EC2 instance
   */
  readonly region?: string | undefined;
  /**
   * The region of the AWS STS that the Infisical server asks who signed, if it differs from `region`.
   *
   * @defaultValue `region`
   */
  readonly stsRegion?: string | undefined;
  /**
   * The AWS credentials, or a function that returns them, such as any provider of the AWS SDK.
   *
   * @defaultValue those of the environment; except in the Lambda entry, also those that AWS's provider chain finds
   */
  readonly credentials?: AwsCredentials | AwsCredentialsProvider | undefined;
}

/** The options after the checks that need no login. */
export interface ParsedOptions extends AwsIamAuthOptions {
  readonly identityId: string;
}

const rules = {
  identityId: identityIdOrVariable,
  "region?": parseRegion,
  "stsRegion?": parseRegion,
  "credentials?": requireCredentials,
  "organizationSlug?": (_: string, slug: unknown) => parseOrganizationSlug(slug as string),
};

const parse = fieldsOf(rules);

/** Checks the options. Only the identity is looked up here; other missing options are looked up at every login. */
export function parseOptions(options: AwsIamAuthOptions): ParsedOptions {
  return parse("", options) as ParsedOptions;
}

function requireCredentials(option: string, value: unknown): unknown {
  if (typeof value === "function" || (typeof value === "object" && value !== null)) return value;
  // Never repeated: it may be a secret key in the wrong option.
  throw optionError(option, "must be AWS credentials or a function that returns them");
}
