import type { AuthStrategy, IdentityOptions } from "@infisical/core";
import {
  defineStrategy,
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
  requireUnquoted,
} from "@infisical/core/authoring";
import { type AlicloudCredentials, idProblem, keyFromFunction, keyFromVariables } from "./access-key.ts";
import { explainRefusal } from "./advice.ts";
import { signRequest } from "./sign-request.ts";

/** The identity to log in as, and the AccessKey pair of a RAM user. */
export interface AlicloudAuthOptions extends IdentityOptions {
  /**
   * The AccessKey ID of a RAM user. It must not be a temporary one of STS.
   *
   * @defaultValue the variable `ALIBABA_CLOUD_ACCESS_KEY_ID`, which is read at every login
   */
  readonly accessKeyId?: string | undefined;
  /**
   * The AccessKey secret.
   *
   * @defaultValue the variable `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, which is read at every login
   */
  readonly accessKeySecret?: string | undefined;
  /**
   * A function that resolves to the pair and is called at every login, for keys that are replaced while the program runs.
   *
   * @defaultValue the options, else the variables
   */
  readonly credentials?: AlicloudCredentials | undefined;
}

const parse = /* @__PURE__ */ fieldsOf({
  identityId: identityIdOrVariable,
  "accessKeyId?": (option, value) => {
    const text = requireUnquoted(option, value, "ALIBABA_CLOUD_ACCESS_KEY_ID").trim();
    const why = idProblem(text);
    if (why) throw optionError(option, why);
    return text;
  },
  "accessKeySecret?": (option, value) =>
    requireUnquoted(option, value, "ALIBABA_CLOUD_ACCESS_KEY_SECRET").trim(),
  "credentials?": (option, value) => {
    if (typeof value === "function") return value;
    throw optionError(option, "must be a function");
  },
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => AlicloudAuthOptions & { readonly identityId: string };

/**
 * Logs in as a RAM user of Alibaba Cloud, with a request that its AccessKey pair signs.
 *
 * @param options - The identity and the pair; checked here. Without a pair, it comes from variables, at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, half of the pair is missing, or the identity id is. The
 * message never repeats the pair.
 *
 * @example
 * import { alicloudAuth } from "@infisical/auth-alicloud";
 * import { createClient } from "@infisical/core";
 * const auth = alicloudAuth({ identityId: "id", accessKeyId: "LTAI5t", accessKeySecret: "hunter2" });
 * const client = createClient({ auth });
 */
export function alicloudAuth(options: AlicloudAuthOptions = {}): AuthStrategy {
  const { accessKeyId, accessKeySecret, credentials, ...shared } = parse("", options);
  if (credentials && (accessKeyId || accessKeySecret)) {
    throw optionError("credentials", "must be omitted with accessKeyId and accessKeySecret");
  }
  if (accessKeyId && !accessKeySecret) throw optionError("accessKeySecret", "must be given with accessKeyId");
  if (accessKeySecret && !accessKeyId) throw optionError("accessKeyId", "must be given with accessKeySecret");
  return defineStrategy(
    "alicloud-auth",
    shared,
    async ({ clock, signal }) => {
      const given = accessKeyId && accessKeySecret && { accessKeyId, accessKeySecret };
      const key = credentials ? await keyFromFunction(credentials, signal) : given || keyFromVariables();
      return signRequest(key, clock?.now() ?? Date.now());
    },
    explainRefusal,
    // Alibaba Cloud accepts a nonce once: a repeated request would be refused.
    { idempotent: false },
  );
}
