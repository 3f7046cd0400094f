import { type AuthStrategy, type IdentityOptions, isInfisicalError, type TokenSource } from "@infisical/core";
import {
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
  requireText,
} from "@infisical/core/authoring";
import { jwtStrategy, requirePath } from "@infisical/core/logins";
import { explainRefusal } from "./advice.ts";
import {
  accountProblem,
  type GcpServiceAccountKey,
  parseKey,
  readKeyFile,
  refused,
} from "./service-account-key.ts";
import { signWithGoogle, signWithKey } from "./sign-jwt.ts";

/**
 * The identity to log in as, and what signs for a service account: a key file by default.
 *
 * @example
 * import { gcpIamAuth } from "@infisical/auth-gcp";
 * const key = '{ "client_email": "app@example.iam.gserviceaccount.com", "private_key": "as PEM", "private_key_id": "1" }';
 * const auth = gcpIamAuth({ identityId, credentials: () => JSON.parse(key) });
 */
export interface GcpIamAuthOptions extends IdentityOptions {
  /**
   * The path of the service account's key file, which is read at every login.
   *
   * @defaultValue the variable `INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH`, else `GOOGLE_APPLICATION_CREDENTIALS`
   */
  readonly serviceAccountKeyFile?: string | undefined;
  /**
   * The content of a key file, parsed; or a function that resolves to it, which is called at every login.
   *
   * @defaultValue the key file
   */
  readonly credentials?:
    | GcpServiceAccountKey
    | (() => GcpServiceAccountKey | Promise<GcpServiceAccountKey>)
    | undefined;
  /**
   * Has Google sign, without a key: `true` for the service account of the machine, or the e-mail address of another one.
   * The machine's account needs `roles/iam.serviceAccountTokenCreator` on it.
   *
   * @defaultValue `false`
   */
  readonly signJwt?: boolean | string | undefined;
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "serviceAccountKeyFile?": requirePath,
  "credentials?": parseCredentials,
  "signJwt?": parseSignJwt,
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => GcpIamAuthOptions & { readonly identityId: string };

/**
 * Logs in as a service account of Google Cloud, with a JWT that is signed with its key, or by Google.
 *
 * @param options - The identity and more; checked here. The key is read at every login. Of `serviceAccountKeyFile`,
 * `credentials` and `signJwt`, only one can be set.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or the identity id is missing. The message never
 * repeats a key.
 *
 * @example
 * import { gcpIamAuth } from "@infisical/auth-gcp";
 * import { createClient } from "@infisical/core";
 * const auth = gcpIamAuth({ identityId: "id", serviceAccountKeyFile: "/run/secrets/key.json" });
 * const client = createClient({ auth });
 */
export function gcpIamAuth(options: GcpIamAuthOptions = {}): AuthStrategy {
  const { serviceAccountKeyFile, credentials, signJwt, ...shared } = parse("", options);
  if ([serviceAccountKeyFile, credentials, signJwt].filter(Boolean).length > 1) {
    throw optionError("serviceAccountKeyFile", "excludes credentials and signJwt, and those each other");
  }
  const audience = shared.identityId.trim();
  const token: TokenSource = async (context) => {
    if (signJwt) return signWithGoogle(signJwt, audience, context);
    const key = credentials ? await currentKey(credentials) : await readKeyFile(serviceAccountKeyFile);
    return signWithKey(key, audience, context);
  };
  return jwtStrategy("gcp-auth", { ...shared, token }, explainRefusal);
}

function parseCredentials(option: string, value: unknown): unknown {
  if (typeof value === "function") return value;
  return parseKey(value, (field, rule) => optionError(field === "" ? option : `${option}.${field}`, rule));
}

function parseSignJwt(option: string, value: unknown): unknown {
  if (typeof value === "boolean") return value;
  const why = accountProblem(requireText(option, value));
  if (why !== undefined) throw optionError(option, why);
  return value;
}

/** The key as it is now. */
async function currentKey(
  credentials: NonNullable<GcpIamAuthOptions["credentials"]>,
): Promise<GcpServiceAccountKey> {
  if (typeof credentials !== "function") return credentials;
  try {
    return parseKey(await credentials(), (field, rule) =>
      refused(`What \`credentials\` returned: ${`${field} ${rule}`.trim()}.`),
    );
  } catch (error) {
    if (isInfisicalError(error)) throw error;
    // Not repeated: the message may contain the key.
    throw refused("The function passed as `credentials` failed.");
  }
}
