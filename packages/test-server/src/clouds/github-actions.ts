import { type Call, type HttpResponse, jsonResponse } from "../api/http.ts";
import { checked, name, type ObjectOf, object, optional } from "../engine/check.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import type { StandIn } from "./stand-in.ts";
import { type Issue, requestToken, single, TokenPlatform, tokenPlatformFields } from "./token-platform.ts";

const gitHubActionsOptions = object({
  ...tokenPlatformFields,
  /**
   * The repository, with its owner.
   *
   * @defaultValue "octo-org/octo-repo"
   */
  repository: optional(name),
});

/**
 * The job of a simulated GitHub Actions.
 *
 * @example
 * import { createTestGitHubActions, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const platform = createTestGitHubActions({ issuer: createTestTokenIssuer(), repository: "shop/api" });
 */
export interface TestGitHubActionsOptions extends ObjectOf<typeof gitHubActionsOptions.fields> {}

/** The token service of a simulated GitHub Actions job with the permission `id-token: write`. */
export interface TestGitHubActions extends StandIn {
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The variables of the job.
   * @throws Error when the port is taken or the service is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address for requests, which has a query already. */
    ACTIONS_ID_TOKEN_REQUEST_URL: string;
    /** The bearer token of requests. */
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: string;
  }>;
}

/**
 * Creates the token service of a simulated GitHub Actions job, for tests. It opens no port until `listen()` is called.
 *
 * It checks the bearer token and the query, and issues tokens that live 5 minutes.
 *
 * @param options - The issuer and the job.
 * @returns The service.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestGitHubActions, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const actions = createTestGitHubActions({ issuer: createTestTokenIssuer() });
 * Object.assign(process.env, await actions.listen());
 * await actions.close();
 */
export function createTestGitHubActions(options: TestGitHubActionsOptions): TestGitHubActions {
  return new GitHubActions(checked("createTestGitHubActions()", gitHubActionsOptions, options));
}

const path = "/idtoken/job";

class GitHubActions extends TokenPlatform implements TestGitHubActions {
  readonly #token: string;

  constructor(options: TestGitHubActionsOptions) {
    const token = requestToken();
    const { repository = "octo-org/octo-repo" } = options;
    super("github-actions", options, 300, (issue) => tokenService(issue, token, repository));
    this.#token = token;
  }

  async listen(options: ListenOptions = {}) {
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${await this.open(options)}${path}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: this.#token,
    };
  }
}

function tokenService(
  issue: Issue,
  token: string,
  repository: string,
): (call: Call) => Promise<HttpResponse> {
  const [owner] = repository.split("/");
  const claims = { sub: `repo:${repository}:ref:refs/heads/main`, repository, repository_owner: owner };
  return async (call) => {
    const { method, headers, query } = call;
    const refuse = (status: number, message: string) =>
      jsonResponse(call, status, { typeName: "AccessDenied", message });
    if (call.path !== path) return refuse(404, "There is no such job.");
    if (method !== "GET") return refuse(405, "The request must be a GET.");
    if (single(query["api-version"]) !== "2.0") return refuse(400, "No api-version was supplied.");
    if (headers["authorization"] !== `Bearer ${token}`) return refuse(401, "The request token is not valid.");
    const aud = single(query["audience"]) ?? `https://github.com/${owner}`;
    return jsonResponse(call, 200, { count: 1, value: await issue({ aud, ...claims }) });
  };
}
