import type { TokenSource, TransportResponse } from "@infisical/core";
import { readVariable, requireUnquoted } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { optionsOf, parseAddress } from "./environment.ts";
import { isOverloaded, requestToken, type TokenRequest } from "./request-token.ts";

/** What the identity token of the service account is issued for. */
export interface GcpMetadataOptions {
  /** The audience of the token, its claim `aud`. */
  readonly audience: string;
}

const parse = optionsOf<GcpMetadataOptions>({ audience: requireUnquoted });

/** In a new pod, the metadata server starts later than the program. */
const pace = { limit: 2000, waits: [500, 1500] } as const;

const elsewhere =
  "Outside of Google Cloud there is no metadata server, and the user credentials of gcloud cannot issue such tokens.";

/**
 * Requests an identity token of the service account from the metadata server of Google Cloud.
 *
 * It applies if the metadata server answers, on Compute Engine, GKE, Cloud Run and the like; its address is
 * `GCE_METADATA_IP`, `GCE_METADATA_HOST`, or `169.254.169.254`. `METADATA_SERVER_DETECTION=none` disables it. The token lives an hour.
 *
 * @param options - The audience, which is required; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the audience is missing or malformed, or an option is unknown.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { gcpMetadata } from "@infisical/auth-oidc/gcp";
 * const auth = oidcAuth({ identityId: "id", token: gcpMetadata({ audience: "https://infisical.example.com" }) });
 */
export function gcpMetadata(options: GcpMetadataOptions): TokenSource {
  const { audience } = parse(options);
  return async (context) => {
    if (readVariable("METADATA_SERVER_DETECTION")?.toLowerCase() === "none") {
      throw tokenUnavailable(
        "METADATA_SERVER_DETECTION=none says that there is no metadata server of Google Cloud.",
      );
    }
    const url = metadataServer();
    url.pathname = "/computeMetadata/v1/instance/service-accounts/default/identity";
    url.searchParams.set("audience", audience);
    // Otherwise, the token does not name the account's e-mail address, nor the machine.
    url.searchParams.set("format", "full");
    const request = {
      platform: "Google's metadata server",
      method: "GET",
      url,
      headers: { accept: "*/*", "metadata-flavor": "Google" },
      advice: "A service account must be attached to the machine, the service or the pod.",
      silence: elsewhere,
      verify: assertGoogle,
      isPassing: (status) => status === 404 || isOverloaded(status),
      pace,
    } as const satisfies TokenRequest;
    return requestToken(request, context);
  };
}

function metadataServer(): URL {
  const name = ["GCE_METADATA_IP", "GCE_METADATA_HOST"].find((each) => readVariable(each));
  if (name === undefined) return new URL("http://169.254.169.254");
  const value = readVariable(name) ?? "";
  return parseAddress(name, /^[a-z]+:\/\//i.test(value) ? value : `http://${value}`);
}

/** A captive portal, a proxy or another cloud can answer at the same address. */
function assertGoogle({ status, headers }: TransportResponse): void {
  if (headers["metadata-flavor"]?.toLowerCase() === "google") return;
  throw tokenUnavailable(
    `What answered (status ${status}) is not the metadata server of Google Cloud: the response has no header ` +
      `"Metadata-Flavor: Google". ${elsewhere}`,
  );
}
