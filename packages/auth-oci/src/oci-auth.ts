import type { AuthStrategy, IdentityOptions, LoginContext } from "@infisical/core";
import {
  defineStrategy,
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
  requireText,
  requireUnquoted,
} from "@infisical/core/authoring";
import { askFunction, requirePath, requireTextFile } from "@infisical/core/logins";
import { explainRefusal } from "./advice.ts";
import { readProfile, withHome } from "./config-file.ts";
import { type KeyOwner, ownerFields, parseOwnerField } from "./key-owner.ts";
import { type PrivateKey, signWithKey } from "./private-key.ts";
import { signRequest } from "./sign-request.ts";

/**
 * The identity to log in as, and the API key of an IAM user: from Oracle's config file, or given here.
 *
 * @example
 * import { ociAuth } from "@infisical/auth-oci";
 * const fromFile = ociAuth({ identityId, configFile: "/etc/oci/config", profile: "APP" });
 * const fromKey = ociAuth({
 *   identityId,
 *   tenancy: "ocid1.tenancy.oc1..example",
 *   user: "ocid1.user.oc1..example",
 *   fingerprint: "12:34:56:78:90:ab:cd:ef:12:34:56:78:90:ab:cd:ef",
 *   region: "eu-frankfurt-1",
 *   privateKeyFile: "/etc/oci/key.pem",
 *   passphrase: "of the key",
 * });
 * const fromText = ociAuth({ identityId, privateKey: "the key as PEM" });
 */
export interface OciAuthOptions extends IdentityOptions {
  /**
   * The OCID of the tenancy. With it, `user`, `fingerprint`, `region` and one of `privateKey`, `privateKeyFile` and `sign` are
   * required.
   *
   * @defaultValue that of the config file
   */
  readonly tenancy?: string | undefined;
  /**
   * The OCID of the IAM user.
   *
   * @defaultValue that of the config file
   */
  readonly user?: string | undefined;
  /**
   * The fingerprint of the API key: 16 pairs of hexadecimal digits, separated by colons.
   *
   * @defaultValue that of the config file
   */
  readonly fingerprint?: string | undefined;
  /**
   * The identifier of a region to which the tenancy is subscribed, such as `eu-frankfurt-1`.
   *
   * @defaultValue that of the config file, else the variable `OCI_REGION`
   */
  readonly region?: string | undefined;
  /**
   * The private key in PEM form.
   *
   * @defaultValue the key file of the config file
   */
  readonly privateKey?: string | undefined;
  /**
   * The path of the private key's file, which is read at every login.
   *
   * @defaultValue the key file of the config file
   */
  readonly privateKeyFile?: string | undefined;
  /**
   * The passphrase of an encrypted key.
   *
   * @defaultValue that of the config file
   */
  readonly passphrase?: string | undefined;
  /**
   * Signs instead of a private key, such as with a key in a vault or an HSM: RSASSA-PKCS1-v1_5 with SHA-256. It is called at every
   * login with the text to sign, and returns the signature as bytes or in Base64.
   *
   * @defaultValue the private key signs
   */
  readonly sign?:
    | ((
        text: string,
        signal: AbortSignal | undefined,
      ) => string | Uint8Array | ArrayBuffer | Promise<string | Uint8Array | ArrayBuffer>)
    | undefined;
  /**
   * The path of the config file, which is read at every login.
   *
   * @defaultValue the variable `OCI_CONFIG_FILE`, else `OCI_CLI_CONFIG_FILE`, else `~/.oci/config`
   */
  readonly configFile?: string | undefined;
  /**
   * The profile of the config file.
   *
   * @defaultValue the variable `OCI_CONFIG_PROFILE`, else `OCI_CLI_PROFILE`, else `DEFAULT`
   */
  readonly profile?: string | undefined;
}

const ownerRules = Object.fromEntries(
  ownerFields.map((field) => [
    `${field}?`,
    (option: string, value: unknown) => parseOwnerField(field, value, (rule) => optionError(option, rule)),
  ]),
);

const parse = /* @__PURE__ */ fieldsOf({
  identityId: identityIdOrVariable,
  ...ownerRules,
  "privateKey?": (option, value) => {
    const text = requireUnquoted(option, value, "OCI_CLI_KEY_CONTENT");
    if (text.includes("-----BEGIN ")) return text;
    throw optionError(option, "must be in PEM form; a path belongs in privateKeyFile");
  },
  "privateKeyFile?": requirePath,
  "passphrase?": (option, value) => requireText(option, value, "OCI_CLI_PASSPHRASE"),
  "sign?": (option, value) => {
    if (typeof value === "function") return value;
    throw optionError(option, "must be a function");
  },
  "configFile?": requirePath,
  "profile?": requireUnquoted,
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => OciAuthOptions & { readonly identityId: string };

/**
 * Logs in as an IAM user of Oracle Cloud, with a request that its API key signs.
 *
 * Without options for the key, it is that of Oracle's config file. Instance and resource principals cannot log in.
 *
 * @param options - The identity and the key; checked here. Files are read at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, one of those that belong together is missing, or the
 * identity id is. The message never repeats a key or a passphrase.
 *
 * @example
 * import { ociAuth } from "@infisical/auth-oci";
 * import { createClient } from "@infisical/core";
 * const auth = ociAuth({ identityId: "id", profile: "INFISICAL" });
 * const client = createClient({ auth });
 */
export function ociAuth(options: OciAuthOptions = {}): AuthStrategy {
  const { identityId, organizationSlug, ...source } = parse("", options);
  assertWhole(source);
  const { sign } = source;
  const proof = async (context: LoginContext) => {
    const { signal } = context;
    if (sign) {
      const ask = (text: string) => askFunction<unknown>("sign", () => sign(text, signal), signal);
      return signRequest(source as KeyOwner, ask, context);
    }
    const { owner, key } = await currentKey(source);
    return signRequest(owner, (text) => signWithKey(key, text), context);
  };
  return defineStrategy("oci-auth", { identityId, organizationSlug }, proof, explainRefusal);
}

/** Throws unless the options describe one key, completely. */
function assertWhole(source: OciAuthOptions): void {
  const given = (...names: readonly (keyof OciAuthOptions)[]) => names.filter((name) => source[name]);
  const [key, second] = given("privateKey", "privateKeyFile", "sign");
  const [one = key] = given(...ownerFields);
  if (!one) return;
  const [excluded = second] = given(
    "configFile",
    "profile",
    ...(key === "sign" ? (["passphrase"] as const) : []),
  );
  if (excluded) throw optionError(excluded, `must be omitted with ${key ?? one}`);
  const missing = ownerFields.find((name) => !source[name]);
  if (missing) throw optionError(missing, `must be given with ${one}`);
  if (!key) throw optionError("privateKey", `must be given with ${one}, or privateKeyFile or sign`);
}

/** The key as it is now. */
async function currentKey(source: OciAuthOptions): Promise<{ owner: KeyOwner; key: PrivateKey }> {
  const { privateKey, privateKeyFile, passphrase, configFile, profile } = source;
  if (privateKey) {
    return { owner: source as KeyOwner, key: { pem: privateKey, passphrase, what: "The private key" } };
  }
  const found = privateKeyFile ? undefined : await readProfile(configFile, profile);
  const path = found ? found.keyFile : await withHome(privateKeyFile as string);
  const pem = await requireTextFile("The key file", path);
  const key = { pem, passphrase: passphrase ?? found?.passphrase, what: `The key file ${path}` };
  return { owner: found ?? (source as KeyOwner), key };
}
