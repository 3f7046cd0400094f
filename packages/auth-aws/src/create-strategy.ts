import type { AuthStrategy, LoginContext } from "@infisical/core";
import { defineStrategy } from "@infisical/core/authoring";
import type { AwsCredentialsProvider } from "./aws-credentials.ts";
import { currentCredentials } from "./credentials.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type AwsIamAuthOptions, checkOptions } from "./options.ts";
import { signCallerIdentity } from "./sign-caller-identity.ts";

/** Where an entry of this package finds what the options leave out. */
export interface Sources {
  /** Gets the `region` that the options name, if they do. */
  readonly credentials: (region: string | undefined) => ReturnType<AwsCredentialsProvider>;
  readonly region: (context: LoginContext) => Promise<string>;
}

/** Makes the strategy, which looks for credentials and region anew at every login. */
export function createStrategy(options: AwsIamAuthOptions, sources: Sources): AuthStrategy {
  const { identityId, organizationSlug, ...given } = checkOptions(options);
  return {
    name: "aws-auth",
    async login(context) {
      const { clock } = context;
      const region = given.stsRegion ?? given.region ?? (await sources.region(context));
      const now = (): number => clock?.now() ?? Date.now();
      const source = given.credentials ?? (() => sources.credentials(given.region));
      const credentials = await currentCredentials(source, now);
      // Only now: the credentials may have been long in coming.
      const signedAt = now();
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
