import type { InfisicalSDKError, TokenSource } from "@infisical/core";
import { addressFrom, readVariable } from "@infisical/core/authoring";
import { readPlatformResponse, requestFromPlatform, tokenUnavailable } from "@infisical/core/logins";
import { failed, type TokenQuery, type TokenRequest, withQuery } from "./token-request.ts";
import { federatedRequest } from "./workload-identity.ts";

/** How long one attempt may take, in milliseconds. Outside Azure, nobody answers the metadata service's address. */
const limit = 4000;

/** How long to wait before further attempts, in milliseconds: more than 70 s, the longest update of an identity. */
const waits: readonly number[] = [800, 1600, 3200, 6400, 12_800, 25_600, 25_600];

function retryAfter(status: number | undefined, earlier: number): number | undefined {
  // While an identity is updated. The time limit of the login ends this earlier, 10 s by default.
  if (status === 410) return waits[earlier];
  // While it is set up, and when there are too many requests.
  if (status === 404 || status === 429 || (status ?? 0) >= 500) return waits.slice(0, 3)[earlier];
  return status === undefined ? waits.slice(0, 1)[earlier] : undefined;
}

/** Requests the token where the program runs, by its variables. */
export function platformToken(query: TokenQuery): TokenSource {
  return async (context) => {
    const { advice, ...request } =
      managedIdentity(query) ?? (await federatedRequest(query, context)) ?? instance(query);
    const response = await requestFromPlatform({ limit, retryAfter, ...request }, context);
    // Docker Desktop answers for networks that it cannot reach.
    if (response.status === 403 && /unreachable/.test(response.body)) {
      throw tokenUnavailable(`${request.platform} is unreachable. ${request.silence ?? ""}`);
    }
    return readPlatformResponse(
      request,
      response,
      response.status === 410 ? updating : advice,
      "access_token",
    );
  };
}

const endpointName = "The managed identity endpoint of Azure";
const updating =
  "The identity is being updated, which takes up to 70 s: raise the client's `timeout`, or try again.";
const whichIdentity = "Assign a managed identity; if there are several, set clientId.";

/** The endpoint that the platform's variables name: App Service, Functions, Container Apps, Machine Learning. */
function managedIdentity({ clientId, resource }: TokenQuery): TokenRequest | undefined {
  const endpoint = readVariable("IDENTITY_ENDPOINT");
  const header = readVariable("IDENTITY_HEADER");
  if (endpoint !== undefined) {
    if (header === undefined) throw unsupported("Azure Arc", "IDENTITY_ENDPOINT without IDENTITY_HEADER");
    if (readVariable("IDENTITY_SERVER_THUMBPRINT") !== undefined) {
      throw unsupported("Service Fabric", "IDENTITY_SERVER_THUMBPRINT");
    }
    return {
      platform: endpointName,
      method: "GET",
      url: withQuery(addressFrom("IDENTITY_ENDPOINT", endpoint), {
        "api-version": "2019-08-01",
        resource,
        client_id: clientId,
      }),
      headers: { "x-identity-header": header },
      credentials: [header],
      advice: whichIdentity,
    };
  }
  const older = readVariable("MSI_ENDPOINT");
  if (older === undefined) return undefined;
  const secret = readVariable("MSI_SECRET");
  if (secret === undefined) throw unsupported("Cloud Shell", "MSI_ENDPOINT without MSI_SECRET");
  return {
    platform: endpointName,
    method: "GET",
    url: withQuery(addressFrom("MSI_ENDPOINT", older), {
      "api-version": "2017-09-01",
      resource,
      clientid: clientId,
    }),
    headers: { secret },
    credentials: [secret],
    advice: whichIdentity,
  };
}

/** The metadata service of a virtual machine, a scale set, or a pod with pod identity. */
function instance({ clientId, resource }: TokenQuery): TokenRequest {
  const variable = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
  const host = readVariable(variable) ?? "http://169.254.169.254";
  return {
    platform: "The metadata service of Azure",
    method: "GET",
    url: withQuery(new URL("/metadata/identity/oauth2/token", addressFrom(variable, host)), {
      "api-version": "2018-02-01",
      resource,
      client_id: clientId,
    }),
    headers: { metadata: "true" },
    advice: whichIdentity,
    silence: "Neither IDENTITY_ENDPOINT nor AZURE_FEDERATED_TOKEN_FILE is set: outside Azure, pass `token`.",
  };
}

function unsupported(platform: string, sign: string): InfisicalSDKError {
  return failed(
    `${platform} (${sign}) is not supported: pass \`token\`, such as getToken of @azure/identity.`,
  );
}
