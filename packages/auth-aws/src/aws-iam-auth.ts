import { type AuthStrategy, InfisicalSDKError, type LoginContext } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { createStrategy } from "./create-strategy.ts";
import { chainCredentials } from "./credential-chain.ts";
import { environmentCredentials } from "./environment.ts";
import { profileName, readProfile } from "./files.ts";
import { instanceRegion } from "./instance-metadata.ts";
import type { AwsIamAuthOptions } from "./options.ts";
import { checkRegion, environmentRegion, noRegion } from "./region.ts";

/**
 * Logs in with AWS IAM: AWS vouches for the role or user that the program runs as.
 *
 * Credentials that are not given come from the environment, else from AWS's own provider chain, for which
 * `@aws-sdk/credential-providers` must be installed; it is loaded when it is needed. A region that is not given
 * comes from the environment, else from the profile, else from the metadata of the EC2 instance.
 *
 * @param options - Who to log in as; checked here, while credentials and region are looked for at every login.
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
    credentials: (context, region) => givenCredentials() ?? chainCredentials(region, context),
    region: (context) => environmentRegion() ?? regionElsewhere(context),
  });
}

/** What the chain would find first; with a profile it would not look there. */
function givenCredentials() {
  return readVariable("AWS_PROFILE") === undefined ? environmentCredentials() : undefined;
}

async function regionElsewhere(context: LoginContext): Promise<string> {
  const inProfile = readProfile().get("region");
  const profile = `the profile "${profileName()}"`;
  if (inProfile !== undefined) return checkRegion(`The region of ${profile}`, inProfile);
  try {
    return await instanceRegion(context);
  } catch (error) {
    if (context.signal?.aborted || error instanceof InfisicalSDKError) throw error;
    throw noRegion([`${profile} (no region)`, `EC2 instance metadata (${(error as Error).message})`]);
  }
}
