import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { checked, type ObjectOf, object, optional, uuid } from "../engine/check.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import type { StandIn } from "./stand-in.ts";
import {
  type Issue,
  requestToken,
  single,
  TokenPlatform,
  textResponse,
  tokenPlatformFields,
} from "./token-platform.ts";

const azurePipelinesOptions = object({
  ...tokenPlatformFields,
  /**
   * The id of the only service connection.
   *
   * @defaultValue "2f6a2c4e-6f6e-4c0e-9d0a-1b2c3d4e5f60"
   */
  serviceConnectionId: optional(uuid),
});

/**
 * The job of a simulated Azure Pipelines.
 *
 * @example
 * import { createTestAzurePipelines, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const platform = createTestAzurePipelines({ issuer: createTestTokenIssuer(), serviceConnectionId: "a-connection" });
 */
export interface TestAzurePipelinesOptions extends ObjectOf<typeof azurePipelinesOptions.fields> {}

/** The token service of a simulated Azure Pipelines job that has mapped its access token. */
export interface TestAzurePipelines extends StandIn {
  /** The id of the only service connection. */
  readonly serviceConnectionId: string;
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The variables of the job.
   * @throws Error when the port is taken or the service is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address for requests. */
    SYSTEM_OIDCREQUESTURI: string;
    /** The bearer token of requests. */
    SYSTEM_ACCESSTOKEN: string;
  }>;
}

/**
 * Creates the token service of a simulated Azure Pipelines job, for tests. It opens no port until `listen()` is called.
 *
 * It checks the bearer token, the version and the service connection, and issues tokens that live 10 minutes. Without the
 * header `X-TFS-FedAuthRedirect: Suppress`, it answers a wrong bearer token with a redirect.
 *
 * @param options - The issuer and the service connection.
 * @returns The service.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestAzurePipelines, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const pipelines = createTestAzurePipelines({ issuer: createTestTokenIssuer() });
 * Object.assign(process.env, await pipelines.listen());
 * await pipelines.close();
 */
export function createTestAzurePipelines(options: TestAzurePipelinesOptions): TestAzurePipelines {
  return new AzurePipelines(checked("createTestAzurePipelines()", azurePipelinesOptions, options));
}

const path = "/acme/project/_apis/distributedtask/hubs/build/plans/plan/jobs/job/oidctoken";

class AzurePipelines extends TokenPlatform implements TestAzurePipelines {
  readonly serviceConnectionId: string;
  readonly #token: string;

  constructor(options: TestAzurePipelinesOptions) {
    const token = requestToken();
    const { serviceConnectionId = "2f6a2c4e-6f6e-4c0e-9d0a-1b2c3d4e5f60" } = options;
    super("azure-pipelines", options, 600, (issue) => tokenService(issue, token, serviceConnectionId));
    this.serviceConnectionId = serviceConnectionId;
    this.#token = token;
  }

  async listen(options: ListenOptions = {}) {
    return {
      SYSTEM_OIDCREQUESTURI: (await this.open(options)) + path,
      SYSTEM_ACCESSTOKEN: this.#token,
    };
  }
}

function tokenService(
  issue: Issue,
  token: string,
  serviceConnectionId: string,
): (call: Call) => Promise<HttpResponse> {
  const claims = { aud: "api://AzureADTokenExchange", sub: "sc://acme/project/connection" };
  return async (call) => {
    const { method, headers, query } = call;
    const refuse = (status: number, message: string) => jsonResponse(call, status, { message });
    if (headers["authorization"] !== `Bearer ${token}`) {
      if (headers["x-tfs-fedauthredirect"] === "Suppress") return textResponse(401, "");
      return textResponse(302, "", { location: "https://app.vssps.visualstudio.com/_signin" });
    }
    if (call.path !== path) return refuse(404, "The job does not exist.");
    if (method !== "POST") return refuse(405, "The requested resource does not support this method.");
    if (single(query["api-version"]) !== "7.1") return refuse(400, "No api-version was supplied.");
    if (single(query["serviceConnectionId"]) !== serviceConnectionId) {
      return refuse(
        404,
        "The service connection does not exist, or the pipeline is not authorized to use it.",
      );
    }
    return jsonResponse(call, 200, { oidcToken: await issue(claims) });
  };
}
