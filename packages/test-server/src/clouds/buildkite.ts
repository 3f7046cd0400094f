import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { checked, name, type ObjectOf, object, optional } from "../engine/check.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import type { StandIn } from "./stand-in.ts";
import {
  type Issue,
  jsonFields,
  requestToken,
  TokenPlatform,
  tokenPlatformFields,
} from "./token-platform.ts";

const buildkiteOptions = object({
  ...tokenPlatformFields,
  /**
   * The slug of the organization.
   *
   * @defaultValue "acme-inc"
   */
  organization: optional(name),
});

/**
 * The job of a simulated Buildkite.
 *
 * @example
 * import { createTestBuildkite, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const platform = createTestBuildkite({ issuer: createTestTokenIssuer(), organization: "shop" });
 */
export interface TestBuildkiteOptions extends ObjectOf<typeof buildkiteOptions.fields> {}

/** The agent's API of a simulated Buildkite, with one job. */
export interface TestBuildkite extends StandIn {
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The variables of the job.
   * @throws Error when the port is taken or the API is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address of the API. */
    BUILDKITE_AGENT_ENDPOINT: string;
    /** The token of requests. */
    BUILDKITE_AGENT_ACCESS_TOKEN: string;
    /** The id of the job. */
    BUILDKITE_JOB_ID: string;
  }>;
}

/**
 * Creates the agent's API of a simulated Buildkite, for tests. It opens no port until `listen()` is called.
 *
 * It checks the agent's token and the job, and issues tokens that live 5 minutes.
 *
 * @param options - The issuer and the organization.
 * @returns The API.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestBuildkite, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const buildkite = createTestBuildkite({ issuer: createTestTokenIssuer() });
 * Object.assign(process.env, await buildkite.listen());
 * await buildkite.close();
 */
export function createTestBuildkite(options: TestBuildkiteOptions): TestBuildkite {
  return new Buildkite(checked("createTestBuildkite()", buildkiteOptions, options));
}

const jobId = "018485f6-1f53-4f18-9b53-72428db4d239";

class Buildkite extends TokenPlatform implements TestBuildkite {
  readonly #token: string;

  constructor(options: TestBuildkiteOptions) {
    const token = requestToken();
    const { organization = "acme-inc" } = options;
    super("buildkite", options, 300, (issue) => agentApi(issue, token, organization));
    this.#token = token;
  }

  async listen(options: ListenOptions = {}) {
    return {
      BUILDKITE_AGENT_ENDPOINT: `${await this.open(options)}/v3`,
      BUILDKITE_AGENT_ACCESS_TOKEN: this.#token,
      BUILDKITE_JOB_ID: jobId,
    };
  }
}

function agentApi(issue: Issue, token: string, organization: string): (call: Call) => Promise<HttpResponse> {
  const pipeline = `organization:${organization}:pipeline:app`;
  const claims = {
    sub: `${pipeline}:ref:refs/heads/main:commit:750339bffa630404607f73dd8ed2f2c4de3670c7:step:`,
    organization_slug: organization,
    pipeline_slug: "app",
    job_id: jobId,
  };
  return async (call) => {
    const { method, headers } = call;
    const refuse = (status: number, message: string) => jsonResponse(call, status, { message });
    if (headers["authorization"] !== `Token ${token}`) return refuse(401, "Authentication required.");
    if (method !== "POST" || call.path !== `/v3/jobs/${jobId}/oidc/tokens`) {
      return refuse(404, "No job found.");
    }
    const { audience = `https://buildkite.com/${organization}` } = jsonFields(call);
    if (typeof audience !== "string" || audience === "") return refuse(422, "The audience is not valid.");
    return jsonResponse(call, 200, { token: await issue({ aud: audience, ...claims }) });
  };
}
