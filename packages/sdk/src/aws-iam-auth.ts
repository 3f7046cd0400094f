import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import type { AuthStrategy } from "@infisical/core";
import { readOption, requireUnquoted } from "@infisical/core/authoring";

/**
 * Logs in with AWS IAM: AWS vouches for the role or user that the program runs as.
 *
 * The package behind it is loaded by the first login, which also checks all options but the identity.
 *
 * @param options - Who to log in as, and with which AWS credentials; what is left out is looked for.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { awsIamAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: awsIamAuth({ identityId: "id" }) });
 */
export function awsIamAuth(options?: AwsIamAuthOptions): AuthStrategy {
  const identityId = readOption("identityId", () => options?.identityId);
  if (identityId !== undefined) requireUnquoted("identityId", identityId, "INFISICAL_MACHINE_IDENTITY_ID");
  return {
    name: "aws-auth",
    async login(context) {
      const { awsIamAuth } = await import("@infisical/auth-aws");
      return awsIamAuth(options).login(context);
    },
  };
}
