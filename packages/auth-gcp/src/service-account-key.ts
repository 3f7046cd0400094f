import { InfisicalSDKError } from "@infisical/core";
import { own, readVariable } from "@infisical/core/authoring";
import { requirePath, requireTextFile, tokenUnavailable } from "@infisical/core/logins";

/** The parts of a service account's key file that a login needs. */
export interface GcpServiceAccountKey {
  /** The account's e-mail address. */
  readonly client_email: string;
  /** The key in PEM, PKCS#8. */
  readonly private_key: string;
  /** The id of the key. */
  readonly private_key_id: string;
}

const fileVariables = ["INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH", "GOOGLE_APPLICATION_CREDENTIALS"];

/** Reads the key file of the option, or of the first variable that names one. It is read at every login. */
export async function readKeyFile(path: string | undefined): Promise<GcpServiceAccountKey> {
  const variable = path === undefined && fileVariables.find((name) => readVariable(name));
  const named = variable && readVariable(variable);
  const file = path ?? (named && requirePath(variable, named));
  if (!file) {
    const rule = "pass serviceAccountKeyFile, credentials or signJwt, or set";
    throw tokenUnavailable(`The key is missing: ${rule} ${fileVariables.join(" or ")}.`);
  }
  const what = variable ? `The key file (from ${variable})` : "The key file";
  const text = await requireTextFile(what, file);
  const fail = (field: string, rule: string) => refused(`${what} ${file}: ${`${field} ${rule}`.trim()}.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's own message would repeat parts of the key.
    throw fail("the text", "is not valid JSON");
  }
  return parseKey(content, fail);
}

/**
 * Checks what was read or passed as a key.
 *
 * @param fail - Creates the error, given a field, empty for the whole, and its rule. Neither repeats a value of the key.
 */
export function parseKey(given: unknown, fail: (field: string, rule: string) => Error): GcpServiceAccountKey {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw fail("", "must be an object, the parsed content of a key file");
  }
  const fields = own(given as Readonly<Record<string, string>>);
  const { type = "service_account", client_email = "", private_key = "", private_key_id = "" } = fields;
  if (type !== "service_account") {
    const why = type === "authorized_user" ? "user credentials of gcloud cannot sign" : "others have no key";
    throw fail("type", `must be "service_account": ${why}`);
  }
  const key = { client_email, private_key, private_key_id } as const;
  for (const [field, value] of Object.entries(key)) {
    if (typeof value !== "string" || value.trim() === "") throw fail(field, "must be a non-empty string");
  }
  if (!/^\s*-----BEGIN PRIVATE KEY-----/.test(private_key)) {
    throw fail("private_key", 'must begin with "-----BEGIN PRIVATE KEY-----" (PKCS#8, unencrypted)');
  }
  const why = accountProblem(client_email);
  if (why !== undefined) throw fail("client_email", why);
  return key;
}

/** The rule that an account breaks with which the server never lets anybody in; `undefined` for others. */
export function accountProblem(email: string): string | undefined {
  if (/^[a-z\d-]+@[a-z\d-]+\.iam\.gserviceaccount\.com$/.test(email)) return undefined;
  const got = /^[\w.@:+-]{1,100}$/.test(email) ? `, got ${email}` : "";
  return (
    `must look like name@project.iam.gserviceaccount.com${got}: Infisical refuses default accounts and those of domain-scoped ` +
    "projects; use another, or gcpIdTokenAuth"
  );
}

/** The error of a key that cannot be used. */
export function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
