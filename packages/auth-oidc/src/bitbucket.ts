import type { TokenSource } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { parseVariable } from "./read-token.ts";

const variable = "BITBUCKET_STEP_OIDC_TOKEN";

/**
 * Reads the OpenID Connect token of a step of Bitbucket Pipelines.
 *
 * It applies if `BITBUCKET_STEP_OIDC_TOKEN` is set: in a step with `oidc: true`. The audience is the workspace's,
 * `ari:cloud:bitbucket::workspace/<uuid>`, in a list, which old servers do not accept. The subject contains the step's
 * UUID, so the identity should require the claim `repositoryUuid` instead.
 *
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { bitbucket } from "@infisical/auth-oidc/bitbucket";
 * const auth = oidcAuth({ identityId: "id", token: bitbucket() });
 */
export function bitbucket(): TokenSource {
  return async (context) => {
    const value = readVariable(variable);
    if (value !== undefined)
      return parseVariable(value, variable, context, "Split the step, or log in when it begins.");
    const isStep = readVariable("BITBUCKET_BUILD_NUMBER") !== undefined;
    const where = isStep ? "" : " BITBUCKET_BUILD_NUMBER is not set either: this does not look like a step.";
    throw tokenUnavailable(
      `${variable} is not set.${where} Write \`oidc: true\` into the step in bitbucket-pipelines.yml.`,
    );
  };
}
