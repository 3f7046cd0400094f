import { isInfisicalError } from "@infisical/core";
import { rewordRequestError } from "@infisical/core/authoring";
import type { AwsCredentials } from "./aws-credentials.ts";

/** What a login was attempted with. */
interface Attempt {
  readonly region: string;
  /** In milliseconds since 1970. */
  readonly signedAt: number;
  readonly credentials: AwsCredentials;
}

/** Adds to a server's refusal what a person should look at; other errors stay as they are. */
export function explainRefusal(error: unknown, attempt: Attempt): unknown {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return error;
  const advice = error.message.includes("Access denied") ? notAllowed : stsAdvice(error.statusCode, attempt);
  return advice === undefined
    ? error
    : rewordRequestError(error, (text) => `${text.replace(/\.?$/, ".")} ${advice}`);
}

const notAllowed =
  "AWS vouched for the caller; the AWS Auth of the identity must allow its account ID and its principal ARN " +
  "(of an assumed role, the role's).";

/** Servers do not pass on why AWS STS refused; older ones answer 500. */
function stsAdvice(statusCode: number | undefined, attempt: Attempt): string | undefined {
  if (statusCode !== 401 && statusCode !== 403 && statusCode !== 500) return undefined;
  const { sessionToken, expiration } = attempt.credentials;
  const expires =
    expiration === undefined ? "they may have expired" : `they expire at ${expiration.toISOString()}`;
  return [
    "A server also answers so where AWS STS did not accept the signed request. Then look at",
    `this machine's clock (signed as of ${new Date(attempt.signedAt).toISOString()}; AWS allows 15 minutes),`,
    sessionToken === undefined
      ? "the AWS credentials (long-lived ones: deleted or deactivated?),"
      : `the AWS credentials (temporary ones: ${expires}),`,
    `and the region (STS of ${attempt.region} was signed for; the server must reach it).`,
  ].join(" ");
}
