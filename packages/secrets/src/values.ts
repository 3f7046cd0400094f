import { InfisicalSDKError } from "@infisical/core";
import type { GetSecretsOptions } from "./read-options.ts";
import type { GetSecretsResponse } from "./results.ts";

/**
 * Which values to get by name, and how.
 *
 * @typeParam Name - The secrets' names.
 * @typeParam Strict - The option `strict`.
 *
 * @example
 * const { API_KEY = "none" } = await client.secrets().getValues({
 *   projectId,
 *   environment: "dev",
 *   secretNames: ["API_KEY"],
 *   strict: false,
 * });
 */
export interface GetValuesOptions<
  Name extends string = string,
  Strict extends boolean | undefined = boolean | undefined,
> extends Omit<GetSecretsOptions, "strict" | "viewSecretValue"> {
  /** The secrets' names, which the result has. */
  readonly secretNames: readonly Name[];
  /**
   * Whether the call fails if a secret is missing, withheld, or refers to something that cannot be read; the latter costs a
   * second request, as for `getSecrets`. With `false`, missing and withheld secrets are left out.
   *
   * @defaultValue true
   */
  readonly strict?: Strict;
}

/**
 * Values by the names that were asked for.
 *
 * @typeParam Name - The names.
 * @typeParam Strict - The option `strict`; unless it is `true`, any of them can be missing.
 */
export type SecretValues<Name extends string = string, Strict extends boolean | undefined = true> = {
  readonly [Each in Name]: [Strict] extends [true | undefined] ? string : string | undefined;
};

/**
 * Returns the values of secrets by the names that were asked for.
 *
 * @throws {InfisicalSDKError} `NOT_FOUND`: with `strict`, secrets are missing. `FORBIDDEN`: values are withheld. The message
 * has all their names.
 */
export function valuesOf(
  { secretNames, environment, secretPath = "/", strict }: GetValuesOptions,
  { secrets, missing }: GetSecretsResponse,
): Record<string, string> {
  const place = `environment ${environment}, folder ${secretPath}`;
  const withheld = secrets
    .filter(({ secretValueHidden }) => secretValueHidden)
    .map(({ secretKey }) => secretKey);
  if (strict && missing.length > 0) throw failure("NOT_FOUND", `Missing in ${place}: ${missing.join(", ")}.`);
  if (strict && withheld.length > 0) {
    throw failure("FORBIDDEN", `This identity cannot read values in ${place}: ${withheld.join(", ")}.`);
  }
  const readable = secrets.filter(({ secretValueHidden }) => !secretValueHidden);
  const values = new Map(readable.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
  // Names are found trimmed, and returned as they were given.
  return Object.fromEntries(
    secretNames.flatMap((name) => {
      const value = values.get(name.trim());
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function failure(code: "NOT_FOUND" | "FORBIDDEN", message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code });
}
