import type { TokenSource } from "@infisical/core";
import { requireUnquoted } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { optionsOf, parseAddress, requireVariables } from "./environment.ts";
import { requestToken } from "./request-token.ts";

/** On whose behalf the token of an Azure Pipelines job is issued. */
export interface AzurePipelinesOptions {
  /** The id of a service connection with workload identity federation: `resourceId` in the address of its page. */
  readonly serviceConnectionId: string;
}

const uriVariable = "SYSTEM_OIDCREQUESTURI";
const tokenVariable = "SYSTEM_ACCESSTOKEN";

const mapping = "Map the job's token in the step: `env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }`.";

const parse = optionsOf<AzurePipelinesOptions>({ serviceConnectionId: requireUnquoted });

/**
 * Requests the OpenID Connect token of a service connection in an Azure Pipelines job.
 *
 * It applies if both `SYSTEM_OIDCREQUESTURI`, which jobs have, and `SYSTEM_ACCESSTOKEN`, which the step must map, are
 * set. The audience is always `api://AzureADTokenExchange`.
 *
 * @param options - The service connection; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the service connection is missing or malformed, or an option is unknown.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { azurePipelines } from "@infisical/auth-oidc/azure-pipelines";
 * const token = azurePipelines({ serviceConnectionId: "2f6a2c4e-6f6e-4c0e-9d0a-1b2c3d4e5f60" });
 * const auth = oidcAuth({ identityId: "id", token });
 */
export function azurePipelines(options: AzurePipelinesOptions): TokenSource {
  const { serviceConnectionId } = parse(options);
  return async (context) => {
    const variables = requireVariables(
      [uriVariable, tokenVariable],
      `Jobs of Azure Pipelines have ${uriVariable}. ${mapping}`,
    );
    const token = variables[tokenVariable];
    // What a step gets for a variable that does not exist there.
    if (token.startsWith("$(")) {
      throw tokenUnavailable(
        `${tokenVariable} is text in $(), which the pipeline has not replaced. ${mapping}`,
      );
    }
    const url = parseAddress(uriVariable, variables[uriVariable]);
    url.pathname = url.pathname.replace(/\/+$/, "");
    url.searchParams.set("api-version", "7.1");
    url.searchParams.set("serviceConnectionId", serviceConnectionId);
    const request = {
      platform: "Azure Pipelines",
      method: "POST",
      url,
      // Otherwise, a refusal is a redirect to the page for signing in.
      headers: { authorization: `Bearer ${token}`, "x-tfs-fedauthredirect": "Suppress" },
      credentials: [token],
      body: {},
      field: "oidcToken",
      advice:
        "serviceConnectionId must be a service connection with workload identity federation that the pipeline is " +
        `authorized to use. ${mapping}`,
    } as const;
    return requestToken(request, context);
  };
}
