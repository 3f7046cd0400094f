import type { TokenSourceContext } from "@infisical/core";
import { addressFrom, readVariable } from "@infisical/core/authoring";
import { readPlatformResponse, requestFromPlatform, tokenUnavailable } from "@infisical/core/logins";

/** How long one attempt may take, in milliseconds: three and the waits fit into a login, 10 s by default. */
const limit = 2750;

/** How long to wait before further attempts, in milliseconds: in a new pod, GKE's metadata server starts after the program. */
const waits: readonly number[] = [500, 1000];

const elsewhere = "Outside Google Cloud there is no metadata server.";

/**
 * Requests something about the service account from Google's metadata server.
 *
 * @param path - What follows `service-accounts/default/` in the address.
 * @param cure - What to do outside Google Cloud, as a sentence.
 * @param field - The field of the response that contains it; the whole response by default.
 */
export async function accountMetadata(
  path: string,
  context: TokenSourceContext,
  cure: string,
  field?: string,
): Promise<string> {
  if (readVariable("METADATA_SERVER_DETECTION")?.toLowerCase() === "none") {
    throw tokenUnavailable(`METADATA_SERVER_DETECTION is none. ${cure}`);
  }
  const request = {
    platform: "Google's metadata server",
    method: "GET",
    url: new URL(`/computeMetadata/v1/instance/service-accounts/default/${path}`, server()).href,
    headers: { "metadata-flavor": "Google" },
    limit,
    retryAfter: (status: number | undefined, earlier: number) =>
      status === undefined || status === 404 || status === 429 || status >= 500 ? waits[earlier] : undefined,
    silence: `${elsewhere} ${cure}`,
  };
  const response = await requestFromPlatform(request, context);
  // A captive portal, a proxy or another cloud can answer at the same address.
  if (response.headers["metadata-flavor"] !== "Google") {
    throw tokenUnavailable(
      `The response with status ${response.status} lacks the header Metadata-Flavor: Google. ${elsewhere} ${cure}`,
    );
  }
  return readPlatformResponse(
    request,
    response,
    "Attach a service account to the machine, service or pod.",
    field,
  );
}

function server(): URL {
  const names = ["GCE_METADATA_IP", "GCE_METADATA_HOST"];
  const name = names.find((each) => readVariable(each)) ?? "";
  const value = readVariable(name) ?? "169.254.169.254";
  if (value.includes("://")) return addressFrom(name, value);
  const isBareIpv6 = /^[\da-f]*:[\da-f:]*:[\da-f.]*$/i.test(value);
  return addressFrom(name, `http://${isBareIpv6 ? `[${value}]` : value}`);
}
