import { InfisicalSDKError, type TokenSource } from "@infisical/core";
import {
  type PlatformRequest,
  platformRefusal,
  readVariable,
  requestFromPlatform,
  tokenUnavailable,
} from "@infisical/core/authoring";
import { federatedRequest } from "./workload-identity.ts";

/** What a token is requested for. */
export interface TokenQuery {
  readonly clientId: string | undefined;
  readonly resource: string;
}

/** A request for an access token, and what to check if it is refused. */
export interface TokenRequest extends Omit<PlatformRequest, "limit" | "retryAfter"> {
  readonly advice: string;
}

/** How long one attempt may take, in milliseconds. Outside Azure, nobody answers the metadata service's address. */
const limit = 2000;

/** How long to wait before further attempts, in milliseconds: more than 70 s, the longest update of an identity. */
const waits: readonly number[] = [800, 1600, 3200, 6400, 12_800, 25_600, 25_600];

function retryAfter(status: number | undefined, earlier: number): number | undefined {
  // While an identity is updated. The time limit of the login ends this earlier, 10 s by default.
  if (status === 410) return waits[earlier];
  // While it is set up, and when there are too many requests.
  if (status === 404 || status === 429 || (status ?? 0) >= 500) return waits.slice(0, 3)[earlier];
  return status === undefined ? waits.slice(0, 2)[earlier] : undefined;
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
    if (response.status !== 200) throw platformRefusal(request, response, advice);
    const token = accessTokenIn(response.body);
    if (token !== undefined) return token;
    throw failed(`${request.platform} returned no access_token.`);
  };
}

function accessTokenIn(body: string): string | undefined {
  try {
    const { access_token: token } = Object(JSON.parse(body));
    return typeof token === "string" ? token : undefined;
  } catch {
    return undefined;
  }
}

const whichIdentity =
  "Assign a managed identity here; if there are several user-assigned ones, set clientId.";

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
      platform: "The managed identity endpoint of Azure",
      method: "GET",
      url: addressOf("IDENTITY_ENDPOINT", endpoint, {
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
    platform: "The managed identity endpoint of Azure Machine Learning",
    method: "GET",
    url: addressOf("MSI_ENDPOINT", older, { "api-version": "2017-09-01", resource, clientid: clientId }),
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
    platform: "The metadata service of the Azure virtual machine",
    method: "GET",
    url: addressOf(
      variable,
      host,
      { "api-version": "2018-02-01", resource, client_id: clientId },
      "/metadata/identity/oauth2/token",
    ),
    headers: { metadata: "true" },
    advice: whichIdentity,
    silence:
      "Neither IDENTITY_ENDPOINT, MSI_ENDPOINT nor AZURE_FEDERATED_TOKEN_FILE is set: outside Azure, pass `token`.",
  };
}

/** An address from a variable, with a query. */
export function addressOf(
  variable: string,
  value: string,
  query: Readonly<Record<string, string | undefined>>,
  path = "",
): string {
  let url: URL;
  try {
    url = new URL(path || value.trim(), value.trim());
  } catch {
    // The parser's message would repeat the value.
    throw failed(`${variable} must be a URL.`);
  }
  for (const [name, text] of Object.entries(query)) if (text !== undefined) url.searchParams.set(name, text);
  return url.href;
}

function unsupported(platform: string, sign: string): InfisicalSDKError {
  return failed(
    `This looks like ${platform} (${sign}), where this package cannot get a token: pass \`token\`, such as ` +
      "a function that calls getToken of @azure/identity.",
  );
}

/** The error of a platform that applies here, but has not provided a token. */
export function failed(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
