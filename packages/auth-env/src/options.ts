import { fieldsOf, optionError } from "@infisical/core/authoring";
import { methodNames, unknownMethod } from "./choose.ts";
import type { Environment } from "./place.ts";
import type { EnvironmentAuthMethod } from "./row.ts";

/**
 * Where to look for a login, and for which.
 *
 * @example
 * import { environmentAuth } from "@infisical/auth-env";
 * const auth = environmentAuth({ method: "kubernetes" });
 */
export interface EnvironmentAuthOptions {
  /**
   * The only method to use: in the server's words, or as the CLI or the Terraform provider call it.
   *
   * @defaultValue the variable `INFISICAL_AUTH_METHOD`; without it, the order decides
   */
  readonly method?:
    | EnvironmentAuthMethod
    | "aws-iam"
    | "aws_iam"
    | "azure"
    | "gcp-iam"
    | "gcp-id-token"
    | "kubernetes"
    | "oidc"
    | "token"
    | "universal"
    | undefined;
  /**
   * The variables that decide, by name. Tokens, passwords and ids are taken from it. What a platform's package reads by
   * itself, it reads in the process: a variable that decides must then have the same value there.
   *
   * @defaultValue the variables of the process
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Checks the options. The record is not copied: it may change until the first login. */
export const parseOptions = fieldsOf({
  "method?": (option, value) => {
    if (typeof value === "string" && methodNames.includes(value)) return value;
    throw typeof value === "string"
      ? unknownMethod(option, value)
      : optionError(option, "must be the name of a method, such as universal-auth", value);
  },
  "environment?": (option, value) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    throw optionError(option, "must be an object with variables by their names");
  },
}) as (option: string, options: unknown) => EnvironmentAuthOptions & { readonly environment?: Environment };
