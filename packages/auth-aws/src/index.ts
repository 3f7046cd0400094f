export type { AwsCredentials, AwsCredentialsProvider } from "./aws-credentials.ts";
export { awsIamAuth } from "./aws-iam-auth.ts";
export type { AwsIamAuthOptions } from "./options.ts";
