import type { AuthStrategy, LoginContext } from "@infisical/core";
import { defineStrategy } from "@infisical/core/authoring";
import type { AwsCredentials } from "./aws-credentials.ts";
import { currentCredentials } from "./credentials.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type AwsIamAuthOptions, parseOptions } from "./options.ts";
import { signCallerIdentity } from "./sign-caller-identity.ts";

/** Where an entry of this package finds what the options leave out. */
export interface Sources {
  /** Gets the `region` that the options name, if they do. */
  readonly credentials: (
    context: LoginContext,
    region: string | undefined,
  ) => AwsCredentials | Promise<AwsCredentials>;
  readonly region: (context: LoginContext) => string | Promise<string>;
}

/** Makes the strategy, which looks for credentials and region anew at every login. */
export function createStrategy(options: AwsIamAuthOptions, sources: Sources): AuthStrategy {
  const given = parseOptions(options);
  const { identityId, organizationSlug } = given;
  return {
    name: "aws-auth",
    async login(context) {
      const region = given.stsRegion ?? given.region ?? (await sources.region(context));
      const source = given.credentials ?? (() => sources.credentials(context, given.region));
      const credentials = await currentCredentials(source, context);
      // Only now: the credentials may have been long in coming.
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
