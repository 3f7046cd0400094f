import { optionError } from "@infisical/core/authoring";
import type { AwsCredentials } from "./aws-credentials.ts";

/** Asks AWS's own provider chain: environment, profiles, SSO, web identity, containers, instances. */
export async function chainCredentials(region: string | undefined): Promise<AwsCredentials> {
  const { fromNodeProviderChain } = await loadProviders();
  return fromNodeProviderChain(region === undefined ? {} : { clientConfig: { region } })();
}

async function loadProviders() {
  try {
    return await import("@aws-sdk/credential-providers");
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw optionError(
      "credentials",
      "must be given, or @aws-sdk/credential-providers be installed, which looks for them " +
        "(npm install @aws-sdk/credential-providers); where they are in the environment, as in Lambda, " +
        `@infisical/auth-aws/lambda needs neither. It could not be loaded: ${reason}`,
    );
  }
}
