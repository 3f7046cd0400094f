import { type AuthStrategy, InfisicalSDKError, type LoginContext } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { chainCredentials } from "./credential-chain.ts";
import { environmentCredentials } from "./credentials.ts";
import { instanceRegion } from "./instance-metadata.ts";
import { createStrategy } from "./login.ts";
import type { AwsIamAuthOptions } from "./options.ts";
import { profileName, readProfile } from "./profile.ts";
import { environmentRegion, noRegion, parseRegion } from "./region.ts";

export type { AwsCredentials, AwsCredentialsProvider, AwsIamAuthOptions } from "./options.ts";

/**
 * Logs in with AWS IAM: AWS vouches for the role or user as which the program runs.
 *
 * Missing credentials come from the environment, else from AWS's own provider chain, which needs
 * `@aws-sdk/credential-providers`; it is loaded on demand. A missing region comes from the environment, else from the
 * profile, else from the metadata of the EC2 instance.
 *
 * @param options - The identity and more; checked here. Missing credentials and regions are looked up at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats a secret.
 *
 * @example
 * import { awsIamAuth } from "@infisical/auth-aws";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ auth: awsIamAuth({ identityId: "id", region: "eu-central-1" }) });
 */
export function awsIamAuth(options: AwsIamAuthOptions = {}): AuthStrategy {
  return createStrategy(options, {
    credentials: (context, region) => credentialsBeforeChain() ?? chainCredentials(region, context),
    region: (context) => environmentRegion() ?? regionOfProfileOrInstance(context),
  });
}

/** The credentials that AWS's chain would find first; if a profile is set, it skips them. */
function credentialsBeforeChain() {
  return readVariable("AWS_PROFILE") === undefined ? environmentCredentials() : undefined;
}

async function regionOfProfileOrInstance(context: LoginContext): Promise<string> {
  const inProfile = readProfile().get("region");
  const profile = `the profile "${profileName()}"`;
  if (inProfile !== undefined) return parseRegion(`The region of ${profile}`, inProfile);
  try {
    return await instanceRegion(context);
  } catch (error) {
    if (context.signal?.aborted || error instanceof InfisicalSDKError) throw error;
    throw noRegion([`${profile} (no region)`, `EC2 instance metadata (${(error as Error).message})`]);
  }
}
