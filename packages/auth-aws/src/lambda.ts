import type { AuthStrategy } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import { environmentCredentials } from "./credentials.ts";
import { createStrategy } from "./login.ts";
import type { AwsIamAuthOptions } from "./options.ts";
import { environmentRegion, noRegion } from "./region.ts";

export type { AwsCredentials, AwsCredentialsProvider, AwsIamAuthOptions } from "./options.ts";

/**
 * Logs in with AWS IAM if credentials and region are in the environment, as in Lambda.
 *
 * It looks nowhere else and needs no AWS package. It reads the environment at every login because the credentials in
 * it rotate.
 *
 * @param options - The identity and more; checked here.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats a secret.
 *
 * @example
 * import { awsIamAuth } from "@infisical/auth-aws/lambda";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ auth: awsIamAuth({ identityId: "id" }) });
 */
export function awsIamAuth(options: AwsIamAuthOptions = {}): AuthStrategy {
  return createStrategy(options, {
    credentials: () => {
      const credentials = environmentCredentials();
      if (credentials) return credentials;
      throw optionError(
        "credentials",
        "must be given because AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; " +
          "the entry @infisical/auth-aws also finds profiles, SSO, containers and instances",
      );
    },
    region: () => {
      const region = environmentRegion();
      if (region !== undefined) return region;
      throw noRegion();
    },
  });
}
