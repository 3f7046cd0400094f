import {
  type AuthStrategy,
  type IdentityOptions,
  InfisicalSDKError,
  type TokenSource,
} from "@infisical/core";
import {
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
  requireUnquoted,
} from "@infisical/core/authoring";
import { jwtStrategy, readJwt } from "@infisical/core/logins";
import { explainRefusal } from "./advice.ts";
import { platformToken } from "./platform-token.ts";

/**
 * The identity to log in as, and which token of Azure proves it.
 *
 * @example
 * import { azureAuth } from "@infisical/auth-azure";
 * const auth = azureAuth({
 *   identityId,
 *   clientId: "5e1a8c9e-0c2d-4a77-9d35-6d1f0b3c4a29",
 *   resource: "https://management.azure.com/",
 * });
 */
export interface AzureAuthOptions extends IdentityOptions {
  /**
   * The client id of a user-assigned managed identity, which is required if there are several; for workload identity, that of
   * the application.
   *
   * @defaultValue the system-assigned identity; for workload identity, the variable `AZURE_CLIENT_ID`
   */
  readonly clientId?: string | undefined;
  /**
   * The resource for which the token is issued; the same as in the Azure Auth of the identity.
   *
   * @defaultValue `"https://management.azure.com/"`
   */
  readonly resource?: string | undefined;
  /**
   * Gets an access token where this package does not: Azure Arc, Service Fabric, Cloud Shell, a developer's machine. It is
   * called at every login, such as `async () => (await credential.getToken(scope)).token` with a credential of `@azure/identity`.
   *
   * @defaultValue the managed identity, or the workload identity
   */
  readonly token?: TokenSource | undefined;
}

const defaultResource = "https://management.azure.com/";

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "clientId?": (option, value) => requireUnquoted(option, value, "AZURE_CLIENT_ID").trim(),
  "resource?": parseResource,
  "token?": (option, value) => {
    if (typeof value === "function") return value;
    throw optionError(option, "must be a function that resolves to an access token");
  },
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => AzureAuthOptions & { readonly identityId: string };

/**
 * Logs in with an access token of Azure: a managed identity, or the workload identity of a pod.
 *
 * The token comes from the endpoint of App Service, Functions or Container Apps (`IDENTITY_ENDPOINT`), or of Machine Learning
 * (`MSI_ENDPOINT`); from the tenant, for the file that `AZURE_FEDERATED_TOKEN_FILE` names; otherwise from the metadata service
 * of the virtual machine. Nothing is requested to find out which.
 *
 * @param options - The identity and more; checked here. The token is requested at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or the identity id is missing.
 *
 * @example
 * import { azureAuth } from "@infisical/auth-azure";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ auth: azureAuth({ identityId: "id" }) });
 */
export function azureAuth(options: AzureAuthOptions = {}): AuthStrategy {
  const { clientId, resource, token, ...shared } = parse("", options);
  if (token && (clientId ?? resource) !== undefined) {
    throw optionError(
      "token",
      "excludes clientId and resource: the function decides what the token is issued for",
    );
  }
  const source: TokenSource = async (context) => {
    const accessToken = await (token ?? platformToken({ clientId, resource: resource ?? defaultResource }))(
      context,
    );
    assertVersion1(accessToken);
    return accessToken;
  };
  return jwtStrategy("azure-auth", { ...shared, token: source }, explainRefusal);
}

function parseResource(option: string, value: unknown): string {
  const resource = requireUnquoted(option, value).trim();
  if (!resource.endsWith("/.default")) return resource;
  throw optionError(option, "must be a resource, not a scope: leave /.default out", value);
}

/** Infisical only accepts the issuer of version 1. */
function assertVersion1(accessToken: unknown): void {
  if (typeof accessToken !== "string") return;
  const { iss, ver } = readJwt(accessToken.trim()).claims;
  const issuer = typeof iss === "string" ? iss.slice(0, 200) : "unknown";
  if (ver !== "2.0" && !/\/v2\.0\/?$/.test(issuer)) return;
  throw new InfisicalSDKError(
    `Infisical does not accept tokens of version 2 (issuer ${issuer}): set requestedAccessTokenVersion of the resource's app ` +
      "registration to 1, use the resource https://management.azure.com/, or OIDC Auth.",
    { code: "AUTH_FAILED" },
  );
}
