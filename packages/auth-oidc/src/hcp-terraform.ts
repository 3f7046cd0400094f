import type { TokenSource } from "@infisical/core";
import { optionError, readVariable } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { optionsOf } from "./environment.ts";
import { parseVariable } from "./read-token.ts";

/** Which token of an HCP Terraform run is used. */
export interface HcpTerraformOptions {
  /**
   * The tag of the token, for a workspace that has several: the end of `TFC_WORKLOAD_IDENTITY_TOKEN_<tag>`.
   *
   * @defaultValue the token without a tag
   */
  readonly tag?: string | undefined;
}

const parse = optionsOf<HcpTerraformOptions>({ "tag?": parseTag });

function parseTag(option: string, value: unknown): string {
  if (typeof value === "string" && /^\w+$/.test(value)) return value;
  throw optionError(option, "must be letters, digits and _", value);
}

/**
 * Reads the workload identity token of an HCP Terraform run.
 *
 * It applies if `TFC_WORKLOAD_IDENTITY_TOKEN`, or with a tag `TFC_WORKLOAD_IDENTITY_TOKEN_<tag>`, is set. The audience is
 * the value of the workspace's variable `TFC_WORKLOAD_IDENTITY_AUDIENCE`, with the same tag.
 *
 * @param options - The tag, none by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or malformed.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { hcpTerraform } from "@infisical/auth-oidc/hcp-terraform";
 * const auth = oidcAuth({ identityId: "id", token: hcpTerraform({ tag: "INFISICAL" }) });
 */
export function hcpTerraform(options?: HcpTerraformOptions): TokenSource {
  const { tag } = parse(options);
  const suffix = tag === undefined ? "" : `_${tag}`;
  const variable = `TFC_WORKLOAD_IDENTITY_TOKEN${suffix}`;
  return async (context) => {
    const value = readVariable(variable);
    if (value !== undefined) {
      return parseVariable(
        value,
        variable,
        context,
        "Its life is that of a phase of the run: plan or apply.",
      );
    }
    throw tokenUnavailable(
      `${variable} is not set. Add the environment variable TFC_WORKLOAD_IDENTITY_AUDIENCE${suffix}, with the audience ` +
        "of the identity, to the workspace in HCP Terraform; agents of your own need version 1.7.0.",
    );
  };
}
