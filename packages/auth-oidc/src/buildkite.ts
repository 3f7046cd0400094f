import type { TokenSource } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { parseAddress, parseAudience, requireVariables } from "./environment.ts";
import { requestToken } from "./request-token.ts";

/** What the token of a Buildkite job is issued for. */
export interface BuildkiteOptions {
  /**
   * The audience of the token, its claim `aud`.
   *
   * @defaultValue Buildkite's own: the URL of the organization, such as `https://buildkite.com/acme-inc`
   */
  readonly audience?: string | undefined;
}

const tokenVariable = "BUILDKITE_AGENT_ACCESS_TOKEN";
const jobVariable = "BUILDKITE_JOB_ID";
const endpointVariable = "BUILDKITE_AGENT_ENDPOINT";

/**
 * Requests the OpenID Connect token of a Buildkite job from the agent's API.
 *
 * It applies if both `BUILDKITE_AGENT_ACCESS_TOKEN` and `BUILDKITE_JOB_ID` are set, as in every job. All customers of
 * Buildkite have the same issuer, so the identity must require the claim `organization_slug`.
 *
 * @param options - The audience, the organization's URL by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or malformed.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { buildkite } from "@infisical/auth-oidc/buildkite";
 * const auth = oidcAuth({ identityId: "id", token: buildkite({ audience: "https://infisical.example.com" }) });
 */
export function buildkite(options?: BuildkiteOptions): TokenSource {
  const { audience } = parseAudience(options);
  return async (context) => {
    const variables = requireVariables(
      [tokenVariable, jobVariable],
      "Every job of a Buildkite agent has both. In a container of the docker plugin, set `mount-buildkite-agent: true`.",
    );
    const token = variables[tokenVariable];
    const url = parseAddress(
      endpointVariable,
      readVariable(endpointVariable) ?? "https://agent.buildkite.com/v3",
    );
    const job = encodeURIComponent(variables[jobVariable]);
    url.pathname = `${url.pathname.replace(/\/+$/, "")}/jobs/${job}/oidc/tokens`;
    const request = {
      platform: "Buildkite",
      method: "POST",
      url,
      headers: { authorization: `Token ${token}` },
      credentials: [token],
      body: audience === undefined ? {} : { audience },
      field: "token",
      advice: "The job must still be running, and be the one of the agent whose access token is used.",
    } as const;
    return requestToken(request, context);
  };
}
