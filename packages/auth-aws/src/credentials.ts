import { InfisicalSDKError, type LoginContext } from "@infisical/core";
import { abortable, optionError, readOption, requireUnquoted } from "@infisical/core/authoring";
import type { AwsCredentials, AwsCredentialsProvider } from "./aws-credentials.ts";
import { messageWithoutKeys } from "./redact-keys.ts";

/** Gets credentials that can be used now, from a value or a function. */
export async function currentCredentials(
  source: AwsCredentials | AwsCredentialsProvider,
  { signal, clock }: Pick<LoginContext, "signal" | "clock">,
): Promise<AwsCredentials> {
  const given = typeof source === "function" ? await abortable(ask(source), signal) : source;
  const credentials = readOption("credentials", () => checkCredentials(given));
  const { expiration } = credentials;
  const time = clock?.now() ?? Date.now();
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
    throw new InfisicalSDKError(
      `The function given as \`credentials\` failed: ${messageWithoutKeys(error)}`,
      {
        code: "AUTH_FAILED",
      },
    );
  }
}

/** Checks that these are credentials which can be signed with. They are never repeated in an error. */
function checkCredentials(credentials: AwsCredentials): AwsCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = Object(credentials) as AwsCredentials;
  checkKey("accessKeyId", accessKeyId, "AWS_ACCESS_KEY_ID", /^\w+$/);
  checkKey("secretAccessKey", secretAccessKey, "AWS_SECRET_ACCESS_KEY");
  // Some providers say `null` for none.
  const token = sessionToken ?? undefined;
  if (token !== undefined) checkKey("sessionToken", token, "AWS_SESSION_TOKEN");
  else if (accessKeyId.startsWith("ASIA")) {
    throw optionError(
      "credentials.sessionToken",
      "(or AWS_SESSION_TOKEN) is missing: an access key id that begins with ASIA belongs to temporary credentials, " +
        "which work together with their session token only",
    );
  }
  const end = expiration ?? undefined;
  if (end !== undefined && !(end instanceof Date && Number.isFinite(end.getTime()))) {
    throw optionError("credentials.expiration", "(or AWS_CREDENTIAL_EXPIRATION) must be a valid date");
  }
  return { accessKeyId, secretAccessKey, sessionToken: token, expiration: end };
}

function checkKey(field: string, key: unknown, variable: string, form = /^[\x21-\x7e]+$/): void {
  if (typeof key !== "string" || !form.test(requireUnquoted(`credentials.${field}`, key, variable))) {
    const characters = field === "accessKeyId" ? "letters, digits and underscores" : visible;
    throw optionError(`credentials.${field}`, `(or ${variable}) must be ${characters}`);
  }
}

const visible = "visible characters without white space";
