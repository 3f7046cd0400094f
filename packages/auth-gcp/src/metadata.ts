import { InfisicalSDKError, type TokenSourceContext } from "@infisical/core";
import {
  platformRefusal,
  readVariable,
  requestFromPlatform,
  tokenUnavailable,
} from "@infisical/core/authoring";

/** How long one attempt may take, in milliseconds. Outside Google Cloud, nobody answers. */
const limit = 2000;

/** How long to wait before further attempts, in milliseconds: in a new pod, GKE's metadata server starts after the program. */
const waits: readonly number[] = [500, 1500];

const elsewhere = "Outside Google Cloud there is no metadata server.";

/**
 * Requests something about the service account from Google's metadata server.
 *
 * @param path - What follows `service-accounts/default/` in the address.
 * @param cure - What to do where there is no metadata server, as a sentence.
 */
export async function accountMetadata(
  path: string,
  context: TokenSourceContext,
  cure: string,
): Promise<string> {
  if (readVariable("METADATA_SERVER_DETECTION")?.trim().toLowerCase() === "none") {
    throw tokenUnavailable(`METADATA_SERVER_DETECTION=none disables Google's metadata server. ${cure}`);
  }
  const request = {
    platform: "Google's metadata server",
    method: "GET",
    url: new URL(`/computeMetadata/v1/instance/service-accounts/default/${path}`, server()).href,
    headers: { "metadata-flavor": "Google" },
    limit,
    retryAfter: (status: number | undefined, earlier: number) =>
      status === undefined || status === 404 || status >= 500 ? waits[earlier] : undefined,
    silence: `${elsewhere} ${cure}`,
  };
  const response = await requestFromPlatform(request, context);
  // A captive portal, a proxy or another cloud can answer at the same address.
  if (response.headers["metadata-flavor"] !== "Google") {
    throw tokenUnavailable(
      `What answered with status ${response.status} is not Google's metadata server: the response has no header ` +
        `Metadata-Flavor: Google. ${elsewhere} ${cure}`,
    );
  }
  if (response.status === 200) return response.body.trim();
  throw platformRefusal(
    request,
    response,
    "A service account must be attached to the machine, service or pod.",
  );
}

function server(): URL {
  const name = ["GCE_METADATA_IP", "GCE_METADATA_HOST"].find((each) => readVariable(each)?.trim());
  if (name === undefined) return new URL("http://169.254.169.254");
  const value = readVariable(name)?.trim() ?? "";
  try {
    const url = new URL(/^\w+:\/\//.test(value) ? value : `http://${value}`);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // The parser's message would repeat the value.
  }
  throw new InfisicalSDKError(`${name} must be a host, an IP address or an http: URL.`, {
    code: "AUTH_FAILED",
  });
}
