import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { checked, list, name, type ObjectOf, object, oneOf, optional } from "../engine/check.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import { defaultPrincipal, defaultTenantId, issueAzureToken } from "./azure-tokens.ts";
import type { StandIn } from "./stand-in.ts";
import { type Issue, requestToken, single, TokenPlatform, tokenPlatformFields } from "./token-platform.ts";

const managedIdentity = object({
  /** The client id, by which a request chooses it. */
  clientId: name,
  /** The object id of its service principal, the `oid` of its tokens. */
  objectId: name,
});

/** A managed identity of the simulated Azure. */
export interface TestManagedIdentity extends ObjectOf<typeof managedIdentity.fields> {}

const azureMetadataOptions = object({
  ...tokenPlatformFields,
  /**
   * Where the code runs: on a virtual machine, with the metadata service; or in App Service, Functions or Container Apps,
   * with their endpoint.
   *
   * @defaultValue "virtual-machine"
   */
  platform: optional(oneOf("virtual-machine", "app-service")),
  /**
   * The id of the tenant.
   *
   * @defaultValue "8ab2f6e0-4c1d-4d5e-9f27-5b1c0e6a7d31"
   */
  tenantId: optional(name),
  /**
   * The managed identities. If there are several, a request must choose one.
   *
   * @defaultValue one
   */
  identities: optional(list<TestManagedIdentity>(managedIdentity, { atLeast: 1 })),
});

/**
 * The machine or the app of a simulated Azure.
 *
 * @example
 * import { createTestAzureMetadata, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const platform = createTestAzureMetadata({ issuer: createTestTokenIssuer(), platform: "app-service", identities: [{ clientId: "an-app", objectId: "its-object" }] });
 */
export interface TestAzureMetadataOptions extends ObjectOf<typeof azureMetadataOptions.fields> {}

/** The source of tokens for the managed identities of a simulated machine or app of Azure. */
export interface TestAzureMetadata extends StandIn {
  /** The id of the tenant. */
  readonly tenantId: string;
  /** The managed identities. */
  readonly identities: readonly TestManagedIdentity[];
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The variables that lead to it: the first on a virtual machine, the other two in App Service.
   * @throws Error when the port is taken or the service is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address of the metadata service. */
    AZURE_POD_IDENTITY_AUTHORITY_HOST?: string;
    /** The address of App Service's endpoint. */
    IDENTITY_ENDPOINT?: string;
    /** The value of the header `X-IDENTITY-HEADER`. */
    IDENTITY_HEADER?: string;
  }>;
}

/**
 * Creates the source of tokens for managed identities of a simulated Azure, for tests. It opens no port until `listen()` is
 * called.
 *
 * It checks the header `Metadata` or `X-IDENTITY-HEADER`, the version and the resource, and issues access tokens in version 1
 * that live a day.
 *
 * @param options - The issuer, the platform, the tenant and its identities.
 * @returns The service.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestAzureMetadata, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const metadata = createTestAzureMetadata({ issuer: createTestTokenIssuer(), platform: "app-service" });
 * Object.assign(process.env, await metadata.listen());
 * await metadata.close();
 */
export function createTestAzureMetadata(options: TestAzureMetadataOptions): TestAzureMetadata {
  return new AzureMetadata(checked("createTestAzureMetadata()", azureMetadataOptions, options));
}

const instancePath = "/metadata/identity/oauth2/token";
const appPath = "/msi/token";

class AzureMetadata extends TokenPlatform implements TestAzureMetadata {
  readonly tenantId: string;
  readonly identities: readonly TestManagedIdentity[];
  /** The secret of App Service's endpoint; `undefined` on a virtual machine. */
  readonly #secret: string | undefined;

  constructor(options: TestAzureMetadataOptions) {
    const { platform, tenantId = defaultTenantId, identities = [defaultPrincipal] } = options;
    const secret = platform === "app-service" ? requestToken() : undefined;
    super("azure-metadata", options, 86_400, (issue) =>
      tokenService({ issue, secret, tenantId, identities }),
    );
    this.tenantId = tenantId;
    this.identities = identities;
    this.#secret = secret;
  }

  async listen(options: ListenOptions = {}) {
    const origin = await this.open(options);
    if (this.#secret === undefined) return { AZURE_POD_IDENTITY_AUTHORITY_HOST: origin };
    return { IDENTITY_ENDPOINT: origin + appPath, IDENTITY_HEADER: this.#secret };
  }
}

interface TokenService {
  readonly issue: Issue;
  readonly secret: string | undefined;
  readonly tenantId: string;
  readonly identities: readonly TestManagedIdentity[];
}

function tokenService(service: TokenService): (call: Call) => Promise<HttpResponse> {
  const { issue, secret, tenantId } = service;
  const isApp = secret !== undefined;
  return async (call) => {
    const refuse = (status: number, error: string, message: string) =>
      jsonResponse(
        call,
        status,
        isApp ? { statusCode: status, message } : { error, error_description: message },
      );
    const { method, path, headers, query } = call;
    if (isApp && headers["x-identity-header"] !== secret) {
      return refuse(401, "unauthorized", "The header X-IDENTITY-HEADER is wrong or missing");
    }
    // A request through a proxy does not come from the machine.
    const isDirect = headers["x-forwarded-for"] === undefined;
    if (!isApp && (headers["metadata"]?.toLowerCase() !== "true" || !isDirect)) {
      return refuse(400, "invalid_request", "Required metadata header not specified");
    }
    if (path !== (isApp ? appPath : instancePath)) return refuse(404, "not_found", "Not found");
    if (method !== "GET") return refuse(405, "invalid_request", "Method not allowed");
    if (!isKnownVersion(single(query["api-version"]), isApp)) {
      return refuse(400, "invalid_request", "The api-version is not supported");
    }
    const resource = single(query["resource"]);
    if (!resource) return refuse(400, "invalid_request", "Required query variable 'resource' is missing");
    const chosen = chosenIdentities(service.identities, call);
    const [identity] = chosen;
    if (!identity) return refuse(400, "invalid_request", "Identity not found");
    if (chosen.length > 1) {
      const message =
        "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request";
      return refuse(400, "invalid_request", message);
    }
    const token = await issueAzureToken(issue, tenantId, identity, resource);
    return jsonResponse(call, 200, {
      access_token: token.accessToken,
      client_id: identity.clientId,
      expires_on: String(token.expiresOn),
      not_before: String(token.notBefore),
      resource,
      token_type: "Bearer",
    });
  };
}

/** The metadata service accepts its oldest version with identities, and later ones. */
function isKnownVersion(version = "", isApp: boolean): boolean {
  if (isApp) return version === "2019-08-01";
  return /^\d{4}-\d{2}-\d{2}$/.test(version) && version >= "2018-02-01";
}

/** The identities that a request does not rule out. */
function chosenIdentities(
  identities: readonly TestManagedIdentity[],
  { query }: Call,
): readonly TestManagedIdentity[] {
  const { client_id: clientId, object_id: objectId, mi_res_id: resourceId } = query;
  return identities.filter(
    (identity) =>
      resourceId === undefined &&
      (clientId === undefined || identity.clientId === clientId) &&
      (objectId === undefined || identity.objectId === objectId),
  );
}
