import type { TokenSource } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { optionsOf } from "./environment.ts";
import { parseVariable, variableName } from "./read-token.ts";

/** Where the token of a GitLab job is. */
export interface GitlabOptions {
  /**
   * The name of the variable, as under `id_tokens` in `.gitlab-ci.yml`.
   *
   * @defaultValue "INFISICAL_JWT"
   */
  readonly variable?: string | undefined;
}

const parse = optionsOf<GitlabOptions>({ "variable?": variableName });

/**
 * Reads the ID token of a GitLab CI job.
 *
 * It applies if the variable is set, which the job requests by `id_tokens`; the audience is the `aud` there. The token
 * lives as long as the job's timeout, or 5 minutes without one, and cannot be renewed.
 *
 * @param options - The variable, `INFISICAL_JWT` by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown, or not the name of a variable.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { gitlab } from "@infisical/auth-oidc/gitlab";
 * const auth = oidcAuth({ identityId: "id", token: gitlab({ variable: "INFISICAL_ID_TOKEN" }) });
 */
export function gitlab(options?: GitlabOptions): TokenSource {
  const { variable = "INFISICAL_JWT" } = parse(options);
  return async (context) => {
    const value = readVariable(variable);
    if (value !== undefined) {
      return parseVariable(value, variable, context, "In GitLab, it lives as long as the job's `timeout`.");
    }
    const isJob = readVariable("GITLAB_CI") !== undefined;
    const where = isJob ? "" : " GITLAB_CI is not set either: this does not look like a job of GitLab CI.";
    const old = ["CI_JOB_JWT", "CI_JOB_JWT_V2"].find((name) => readVariable(name) !== undefined);
    const unused = old === undefined ? "" : ` ${old} is not used: GitLab 17.0 removed it.`;
    throw tokenUnavailable(
      `${variable} is not set.${where} Write \`id_tokens: { ${variable}: { aud: https://infisical.example.com } }\` into ` +
        `the job in .gitlab-ci.yml, with the audience of the identity; another name belongs in the option variable.${unused}`,
    );
  };
}
