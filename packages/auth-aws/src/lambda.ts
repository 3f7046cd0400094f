export type { AwsCredentials, AwsCredentialsProvider } from "./aws-credentials.ts";
export { awsIamAuth } from "./lambda-iam-auth.ts";
export type { AwsIamAuthOptions } from "./options.ts";
