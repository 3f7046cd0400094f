import { readVariable } from "@infisical/core/authoring";
import type { AwsCredentials } from "./aws-credentials.ts";

/** The variable that names the machine identity. */
export const identityIdVariable = "INFISICAL_MACHINE_IDENTITY_ID";

/** The variables that name the region, the first one first. */
export const regionVariables: readonly string[] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/** The credentials in the environment, as Lambda sets them; `undefined` unless there are both keys. */
export function environmentCredentials(): AwsCredentials | undefined {
  const accessKeyId = readVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = readVariable("AWS_SECRET_ACCESS_KEY");
  const expiration = readVariable("AWS_CREDENTIAL_EXPIRATION");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: readVariable("AWS_SESSION_TOKEN"),
    expiration: expiration === undefined ? undefined : new Date(expiration),
  };
}
