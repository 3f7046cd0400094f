import type { CallOptions, HttpRequest } from "@infisical/core";
import { apiPath, integerFrom, type OptionRules, requireText } from "@infisical/core/authoring";
import { secretShape } from "./requests.ts";
import type { Secret } from "./secret.ts";

/**
 * Whose versions to list.
 *
 * @example
 * const older = await client.secrets().listSecretVersions({ secretId: "a-secret-id", limit: 10, offset: 10 });
 */
export interface ListSecretVersionsOptions extends CallOptions {
  /** The secret's id: a list or a get returns it. */
  readonly secretId: string;
  /**
   * How many versions to skip, from the newest.
   *
   * @defaultValue 0
   */
  readonly offset?: number | undefined;
  /**
   * How many versions to return, 1 or more.
   *
   * @defaultValue 20
   */
  readonly limit?: number | undefined;
}

/** The response with a secret's versions. */
export interface ListSecretVersionsResponse {
  /** The versions, the newest first: the secret as it was with each `version`. */
  readonly secretVersions: readonly Secret[];
}

/** The rules of the options. */
export const versionsRules: OptionRules = {
  secretId: requireText,
  "offset?": integerFrom(0),
  "limit?": integerFrom(1),
};

/** The request for the versions of a secret. */
export function versionsRequest(options: ListSecretVersionsOptions): HttpRequest {
  const { secretId, offset = 0, limit = 20, signal, timeout } = options;
  return {
    operation: "secrets.listSecretVersions",
    target: { secretId },
    method: "GET",
    path: apiPath`/api/v1/secret/${{ secretId }}/secret-versions`,
    query: { offset, limit },
    signal,
    timeout,
    expect: { secretVersions: [secretShape] },
  };
}
