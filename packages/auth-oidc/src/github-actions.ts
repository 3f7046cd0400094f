import type { TokenSource } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { parseAddress, parseAudience, requireVariables } from "./environment.ts";
import { requestToken } from "./request-token.ts";

/** What the token of a GitHub Actions job is issued for. */
export interface GitHubActionsOptions {
  /**
   * The audience of the token, its claim `aud`.
   *
   * @defaultValue GitHub's own: the URL of the repository's owner, such as `https://github.com/octo-org`
   */
  readonly audience?: string | undefined;
}

const urlVariable = "ACTIONS_ID_TOKEN_REQUEST_URL";
const tokenVariable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

const permissions =
  "The job needs `permissions: { contents: read, id-token: write }`, or `enable-openid-connect: true` in Forgejo; " +
  "workflows of pull requests from forks get no token.";

/**
 * Requests the OpenID Connect token of a GitHub Actions job, or of a Forgejo Actions job.
 *
 * It applies if both `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN` are set: in a job that has the
 * permission `id-token: write`. The token lives 5 minutes and is requested at every login.
 *
 * @param options - The audience, the owner's URL by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or malformed.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { githubActions } from "@infisical/auth-oidc/github-actions";
 * const auth = oidcAuth({ identityId: "id", token: githubActions({ audience: "https://infisical.example.com" }) });
 */
export function githubActions(options?: GitHubActionsOptions): TokenSource {
  const { audience } = parseAudience(options);
  return async (context) => {
    const isJob = readVariable("GITHUB_ACTIONS") !== undefined;
    const where = isJob ? "" : "GITHUB_ACTIONS is not set either: this does not look like a job. ";
    const variables = requireVariables([urlVariable, tokenVariable], `${where}${permissions}`);
    const url = parseAddress(urlVariable, variables[urlVariable]);
    if (audience !== undefined) url.searchParams.set("audience", audience);
    const token = variables[tokenVariable];
    const request = {
      platform: "GitHub Actions",
      method: "GET",
      url,
      headers: { authorization: `Bearer ${token}` },
      credentials: [token],
      field: "value",
      advice: `${permissions} The request token ends with the job.`,
    } as const;
    return requestToken(request, context);
  };
}
