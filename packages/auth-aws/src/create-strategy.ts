import type { AuthStrategy, LoginResponse } from "@infisical/core";
import type { AwsCredentialsProvider } from "./aws-credentials.ts";
import { currentCredentials } from "./credentials.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type AwsIamAuthOptions, checkOptions } from "./options.ts";
import { signCallerIdentity } from "./sign-caller-identity.ts";

/** Where an entry of this package takes what the options leave out. */
export interface Sources {
  /** Gets the `region` that the options name, if they do. */
  readonly credentials: (region: string | undefined) => ReturnType<AwsCredentialsProvider>;
  readonly region: (signal: AbortSignal | undefined) => Promise<string>;
}

/** Makes the strategy, which looks for credentials and region anew at every login. */
export function createStrategy(options: AwsIamAuthOptions, sources: Sources): AuthStrategy {
  const { identityId, organizationSlug, ...given } = checkOptions(options);
  return {
    name: "aws-auth",
    async login({ http, signal, clock }) {
      const region = given.stsRegion ?? given.region ?? (await sources.region(signal));
      const now = (): number => clock?.now() ?? Date.now();
      const source = given.credentials ?? (() => sources.credentials(given.region));
      const credentials = await currentCredentials(source, now);
      // Only now: the credentials may have been long in coming.
      const signedAt = now();
      const signed = await signCallerIdentity(credentials, region, new Date(signedAt));
      try {
        return await http.request<LoginResponse>({
          method: "POST",
          path: "/api/v1/auth/aws-auth/login",
          body: { identityId, ...signed, organizationSlug },
          signal,
          expect: { accessToken: "string" },
        });
      } catch (error) {
        throw explainRefusal(error, { region, signedAt, credentials });
      }
    },
  };
}
