import { InfisicalSDKError } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import type { AwsCredentials, AwsCredentialsProvider } from "./aws-credentials.ts";

const visible = "must be visible characters without white space";

/** Gets credentials that can be used now, from a value or a function. */
export async function currentCredentials(
  source: AwsCredentials | AwsCredentialsProvider,
  now: () => number,
): Promise<AwsCredentials> {
  const credentials = checkCredentials(typeof source === "function" ? await ask(source) : source);
  const { expiration } = credentials;
  const time = now();
  if (expiration === undefined || time < expiration.getTime()) return credentials;
  throw new InfisicalSDKError(
    `The AWS credentials expired at ${expiration.toISOString()}, and it is ${new Date(time).toISOString()} by this ` +
      "machine's clock: get new ones, or give a function as `credentials`, which is asked at every login.",
    { code: "AUTH_FAILED" },
  );
}

async function ask(provider: AwsCredentialsProvider): Promise<AwsCredentials> {
  try {
    return await provider();
  } catch (error) {
    if (error instanceof InfisicalSDKError) throw error;
    // The error itself is not chained: an AWS client's holds its whole response, credentials among it.
    const reason = error instanceof Error ? error.message : String(error);
    throw new InfisicalSDKError(`No AWS credentials could be had: ${reason}`, { code: "AUTH_FAILED" });
  }
}

/** Checks that these are credentials which can be signed with. They are never repeated in an error. */
function checkCredentials(credentials: AwsCredentials): AwsCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials ?? {};
  if (typeof accessKeyId !== "string" || !/^\w+$/.test(accessKeyId)) {
    throw optionError(
      "credentials.accessKeyId",
      "(or AWS_ACCESS_KEY_ID) must be letters, digits and underscores",
    );
  }
  if (typeof secretAccessKey !== "string" || !/^[\x21-\x7e]+$/.test(secretAccessKey)) {
    throw optionError("credentials.secretAccessKey", `(or AWS_SECRET_ACCESS_KEY) ${visible}`);
  }
  if (
    sessionToken !== undefined &&
    (typeof sessionToken !== "string" || !/^[\x21-\x7e]+$/.test(sessionToken))
  ) {
    throw optionError("credentials.sessionToken", `(or AWS_SESSION_TOKEN) ${visible}`);
  }
  if (expiration !== undefined && !(expiration instanceof Date && Number.isFinite(expiration.getTime()))) {
    throw optionError("credentials.expiration", "(or AWS_CREDENTIAL_EXPIRATION) must be a valid date");
  }
  return credentials;
}
