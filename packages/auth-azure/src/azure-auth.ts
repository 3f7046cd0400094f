import { type AuthStrategy, InfisicalSDKError, type TokenSource } from "@infisical/core";
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

/** The identity to log in as, and which token of Azure proves it. */
export interface AzureAuthOptions {
  /**
   * The id of the machine identity.
   *
   * @defaultValue the variable `INFISICAL_MACHINE_IDENTITY_ID`
   */
  readonly identityId?: string | undefined;
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
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization in which the identity was created
   */
  readonly organizationSlug?: string | undefined;
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "clientId?": (option, value) => requireUnquoted(option, value, "AZURE_CLIENT_ID"),
  "resource?": (option, value) => requireUnquoted(option, value),
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
  const { clientId, resource = "https://management.azure.com/", token, ...shared } = parse("", options);
  const source: TokenSource = async (context) => {
    const accessToken = await (
      token ?? platformToken({ clientId: clientId?.trim(), resource: resource.trim() })
    )(context);
    assertVersion1(accessToken);
    return accessToken;
  };
  return jwtStrategy("azure-auth", { ...shared, token: source }, explainRefusal);
}

/** Infisical only accepts the issuer of version 1. */
function assertVersion1(accessToken: unknown): void {
  const { iss, ver } = readJwt(String(accessToken).trim()).claims;
  if (ver !== "2.0" && !/\/v2\.0\/?$/.test(String(iss))) return;
  throw new InfisicalSDKError(
    `Infisical does not accept tokens of version 2 (issuer ${iss}): set requestedAccessTokenVersion of the resource's app ` +
      "registration to 1, use the resource https://management.azure.com/, or OIDC Auth.",
    { code: "AUTH_FAILED" },
  );
}
