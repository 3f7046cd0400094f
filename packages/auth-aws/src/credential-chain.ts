import { InfisicalSDKError } from "@infisical/core";
import { optionError, readVariable } from "@infisical/core/authoring";
import { messageWithoutKeys } from "./credentials.ts";
import { instanceCredentials, type MetadataContext } from "./instance-metadata.ts";
import type { AwsCredentials } from "./options.ts";
import { profileName } from "./profile.ts";

/** A source of credentials, with its name in errors. */
type Link = readonly [name: string, provider: () => Promise<AwsCredentials>];

/**
 * Looks for credentials where AWS's own chain does after the environment, in the same order and with its providers.
 * Only the instance metadata are requested by this package, through the login's transport, as for the region.
 */
export async function chainCredentials(
  region: string | undefined,
  context: MetadataContext,
): Promise<AwsCredentials> {
  const links = await linksOf(region, context);
  const tried: string[] = [];
  for (const [name, provider] of links) {
    try {
      return await provider();
    } catch (error) {
      if (context.signal?.aborted) throw error;
      const reason = messageWithoutKeys(error);
      tried.push(`${name} (${reason})`);
      // As in AWS's own chain, a source that exists but is broken ends the search.
      const { tryNextLink } = Object(error) as { tryNextLink?: unknown };
      if (tryNextLink !== true && tried.length < links.length)
        throw noCredentials(`: ${name} failed: ${reason}`);
    }
  }
  throw noCredentials(`; tried ${tried.join(", ")}`);
}

function noCredentials(why: string): InfisicalSDKError {
  return new InfisicalSDKError(`Could not get AWS credentials${why}`, { code: "AUTH_FAILED" });
}

async function linksOf(region: string | undefined, context: MetadataContext): Promise<readonly Link[]> {
  const { fromIni, fromProcess, fromTokenFile, fromHttp, fromContainerMetadata } = await loadProviders();
  const init = region === undefined ? {} : { clientConfig: { region } };
  const inContainer =
    readVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ??
    readVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  const links: Link[] = [
    [`the profile "${profileName()}"`, () => fromIni(init)()],
    ["its credential_process", () => fromProcess({})()],
    ["web identity", () => fromTokenFile(init)()],
  ];
  if (inContainer === undefined) {
    links.push(["EC2 instance metadata", () => instanceCredentials(context)]);
  } else {
    // Older versions of AWS's package do not have the first.
    if (fromHttp !== undefined) links.push(["the container", () => fromHttp({})()]);
    links.push(["the container's metadata", () => fromContainerMetadata({})()]);
  }
  return links;
}

/** AWS's providers; older versions of its package do not have `fromHttp`. */
type Providers = typeof import("@aws-sdk/credential-providers");

async function loadProviders(): Promise<Omit<Providers, "fromHttp"> & Partial<Pick<Providers, "fromHttp">>> {
  try {
    return await import("@aws-sdk/credential-providers");
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw optionError(
      "credentials",
      "must be given unless @aws-sdk/credential-providers is installed to find them " +
        "(npm install @aws-sdk/credential-providers); if they are in the environment, as in Lambda, " +
        `@infisical/auth-aws/lambda needs neither. The package could not be loaded: ${reason}`,
    );
  }
}
