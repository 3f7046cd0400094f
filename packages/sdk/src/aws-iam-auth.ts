import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import type { AuthStrategy } from "@infisical/core";

/**
 * Logs in with AWS IAM: AWS vouches for the role or user that the program runs as.
 *
 * The package behind it is loaded by the first login, which also checks the options.
 *
 * @param options - Who to log in as, and with which AWS credentials; what is left out is looked for.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 *
 * @example
 * import { awsIamAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: awsIamAuth({ identityId: "id" }) });
 */
export function awsIamAuth(options?: AwsIamAuthOptions): AuthStrategy {
  return {
    name: "aws-auth",
    async login(context) {
      const { awsIamAuth } = await import("@infisical/auth-aws");
      return awsIamAuth(options).login(context);
    },
  };
}
