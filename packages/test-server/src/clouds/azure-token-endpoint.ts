import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { checked, name, type ObjectOf, object, optional } from "../engine/check.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import { type Application, federatedAudience, Refusal, requestedResource } from "./azure-token-request.ts";
import { defaultPrincipal, defaultTenantId, issueAzureToken } from "./azure-tokens.ts";
import type { StandIn } from "./stand-in.ts";
import type { TokenIssuer } from "./token-issuer.ts";
import { type Issue, TokenPlatform, tokenPlatformFields } from "./token-platform.ts";

const { issuer: tokenIssuer, ...otherFields } = tokenPlatformFields;

const azureTokenEndpointOptions = object({
  /** Who signs the access tokens, such as what `createTestTokenIssuer` returns. Its clock dates them. */
  issuer: tokenIssuer,
  ...otherFields,
  /**
   * The issuer of the cluster, whose tokens are exchanged.
   *
   * @defaultValue that of the access tokens
   */
  clusterIssuer: optional<TokenIssuer>(tokenIssuer),
  /**
   * The `sub` of the tokens that are exchanged: a service account of the cluster.
   *
   * @defaultValue "system:serviceaccount:default:default"
   */
  subject: optional(name),
  /**
   * The id of the tenant.
   *
   * @defaultValue "8ab2f6e0-4c1d-4d5e-9f27-5b1c0e6a7d31"
   */
  tenantId: optional(name),
  /**
   * The client id of the application that trusts the service account.
   *
   * @defaultValue "5e2d1a7c-90b4-4f3a-8c66-1f0d2b9e4a58"
   */
  clientId: optional(name),
  /**
   * The object id of its service principal, the `oid` of the access tokens.
   *
   * @defaultValue "c3f7a9d2-6b18-4e05-a1d4-7e92f0b85c63"
   */
  objectId: optional(name),
});

/**
 * The tenant of a simulated Azure, and what it trusts.
 *
 * @example
 * import { createTestAzureTokenEndpoint, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const endpoint = createTestAzureTokenEndpoint({
 *   issuer: createTestTokenIssuer(),
 *   clusterIssuer: createTestTokenIssuer(),
 *   tenantId: "a-tenant",
 *   clientId: "an-app",
 *   objectId: "its-object",
 *   subject: "system:serviceaccount:shop:api",
 * });
 */
export interface TestAzureTokenEndpointOptions extends ObjectOf<typeof azureTokenEndpointOptions.fields> {}

/** The token endpoint of a simulated Azure, for workload identity. */
export interface TestAzureTokenEndpoint extends StandIn {
  /** The object id of the service principal, for `allowedServicePrincipalIds`. */
  readonly objectId: string;
  /**
   * Issues a token of the service account, as the cluster writes it to `AZURE_FEDERATED_TOKEN_FILE`.
   *
   * @returns The token, which lives an hour.
   */
  issueFederatedToken(): Promise<string>;
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The variables that lead to it. `AZURE_FEDERATED_TOKEN_FILE` is up to the test.
   * @throws Error when the port is taken or the endpoint is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address before the id of the tenant. */
    AZURE_AUTHORITY_HOST: string;
    /** The id of the tenant. */
    AZURE_TENANT_ID: string;
    /** The client id of the application. */
    AZURE_CLIENT_ID: string;
  }>;
}

/**
 * Creates the token endpoint of a simulated Azure, for tests. It opens no port until `listen()` is called.
 *
 * It exchanges a token of a service account for an access token in version 1 that lives a day, and checks the tenant, the
 * application, the scope, and the token's signature, issuer, subject, audience and end.
 *
 * @param options - The issuers, the tenant, the application and the service account that it trusts.
 * @returns The endpoint.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestAzureTokenEndpoint, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const endpoint = createTestAzureTokenEndpoint({ issuer: createTestTokenIssuer() });
 * Object.assign(process.env, await endpoint.listen());
 * const token = await endpoint.issueFederatedToken(); // for the file that AZURE_FEDERATED_TOKEN_FILE names
 * console.log(token.split(".").length); // 3
 * await endpoint.close();
 */
export function createTestAzureTokenEndpoint(options: TestAzureTokenEndpointOptions): TestAzureTokenEndpoint {
  return new AzureTokenEndpoint(
    checked("createTestAzureTokenEndpoint()", azureTokenEndpointOptions, options),
  );
}

class AzureTokenEndpoint extends TokenPlatform implements TestAzureTokenEndpoint {
  readonly objectId: string;
  readonly #application: Application;

  constructor(options: TestAzureTokenEndpointOptions) {
    const application = {
      clusterIssuer: options.clusterIssuer ?? options.issuer,
      subject: options.subject ?? "system:serviceaccount:default:default",
      tenantId: options.tenantId ?? defaultTenantId,
      clientId: options.clientId ?? defaultPrincipal.clientId,
      objectId: options.objectId ?? defaultPrincipal.objectId,
    };
    super("azure-token-endpoint", options, 86_400, (issue, now) => tokenEndpoint(issue, application, now));
    this.objectId = application.objectId;
    this.#application = application;
  }

  issueFederatedToken(): Promise<string> {
    const { clusterIssuer, subject } = this.#application;
    return clusterIssuer.issueToken({ sub: subject, aud: [federatedAudience] }, { expiresIn: 3600 });
  }

  async listen(options: ListenOptions = {}) {
    const { tenantId, clientId } = this.#application;
    return {
      AZURE_AUTHORITY_HOST: `${await this.open(options)}/`,
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
    };
  }
}

function tokenEndpoint(
  issue: Issue,
  application: Application,
  now: () => number,
): (call: Call) => Promise<HttpResponse> {
  return async (call) => {
    if (call.method !== "POST" || !call.path.endsWith("/oauth2/v2.0/token")) {
      return jsonResponse(call, 404, { error: "not_found" });
    }
    try {
      const resource = await requestedResource(call, application, now());
      const token = await issueAzureToken(issue, application.tenantId, application, resource);
      const lifetime = token.expiresOn - Math.floor(now() / 1000);
      const lifetimes = { expires_in: lifetime, ext_expires_in: lifetime };
      return jsonResponse(call, 200, {
        token_type: "Bearer",
        ...lifetimes,
        access_token: token.accessToken,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { kind, code, message } = error;
      return jsonResponse(call, kind === "invalid_client" ? 401 : 400, {
        error: kind,
        error_description: `AADSTS${code}: ${message}`,
        error_codes: [code],
      });
    }
  };
}
