import { type AuthStrategy, isInfisicalError, type LoginContext } from "@infisical/core";
import { defineStrategy, rewordRequestError } from "@infisical/core/authoring";
import { currentCredentials } from "./credentials.ts";
import { type AwsCredentials, type AwsIamAuthOptions, parseOptions } from "./options.ts";
import { signCallerIdentity } from "./sign-caller-identity.ts";

/** Where an entry of this package looks for missing options. */
export interface Sources {
  /** Receives the `region` option, if it is set. */
  readonly credentials: (
    context: LoginContext,
    region: string | undefined,
  ) => AwsCredentials | Promise<AwsCredentials>;
  readonly region: (context: LoginContext) => string | Promise<string>;
}

/** Creates the strategy, which looks up credentials and region at every login. */
export function createStrategy(options: AwsIamAuthOptions, sources: Sources): AuthStrategy {
  const given = parseOptions(options);
  const { identityId, organizationSlug } = given;
  return {
    name: "aws-auth",
    subject: JSON.stringify(["aws-auth", identityId, organizationSlug]),
    async login(context) {
      const region = given.stsRegion ?? given.region ?? (await sources.region(context));
      const source = given.credentials ?? (() => sources.credentials(context, given.region));
      const credentials = await currentCredentials(source, context);
      // Read only now: getting the credentials may have taken long.
      const signedAt = context.clock?.now() ?? Date.now();
      const signed = await signCallerIdentity(credentials, region, new Date(signedAt));
      try {
        const strategy = defineStrategy("aws-auth", { identityId, organizationSlug }, () => signed);
        return await strategy.login(context);
      } catch (error) {
        throw explainRefusal(error, { region, signedAt, credentials });
      }
    },
  };
}

/** The data of one login attempt. */
interface Attempt {
  readonly region: string;
  /** In milliseconds since 1970. */
  readonly signedAt: number;
  readonly credentials: AwsCredentials;
}

/** Adds advice to a server's refusal; returns other errors unchanged. */
function explainRefusal(error: unknown, attempt: Attempt): unknown {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return error;
  const advice = error.message.includes("Access denied") ? notAllowed : stsAdvice(error.statusCode, attempt);
  return advice === undefined
    ? error
    : rewordRequestError(error, (text) => `${text.replace(/\.?$/, ".")} ${advice}`);
}

const notAllowed =
  "AWS vouched for the caller; the AWS Auth of the identity must allow its account ID and its principal ARN " +
  "(of an assumed role, the role's).";

/** Servers do not pass on why AWS STS refused; older servers answer 500. */
function stsAdvice(statusCode: number | undefined, attempt: Attempt): string | undefined {
  if (statusCode !== 401 && statusCode !== 403 && statusCode !== 500) return undefined;
  const { sessionToken, expiration } = attempt.credentials;
  const expires =
    expiration === undefined ? "they may have expired" : `they expire at ${expiration.toISOString()}`;
  return [
    "Servers also answer this if AWS STS did not accept the signed request. In that case, check",
    `this machine's clock (signed as of ${new Date(attempt.signedAt).toISOString()}; AWS allows 15 minutes),`,
    sessionToken === undefined
      ? "the AWS credentials (long-lived ones: deleted or deactivated?),"
      : `the AWS credentials (temporary ones: ${expires}),`,
    `and the region (signed for the STS of ${attempt.region}; the server must be able to reach it).`,
  ].join(" ");
}
