import { InfisicalSDKError } from "@infisical/core";
import { readTextFile, readVariable, tokenUnavailable } from "@infisical/core/authoring";

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
  const variable = path === undefined ? fileVariables.find((name) => readVariable(name)) : undefined;
  const file = path ?? readVariable(variable ?? "");
  if (file === undefined) {
    throw tokenUnavailable(
      `There is no service account key: pass serviceAccountKeyFile, credentials or signJwt, or set ${fileVariables.join(" or ")}.`,
    );
  }
  const where = `The key file ${file}${variable === undefined ? "" : ` (from ${variable})`}`;
  const read = await readTextFile(file);
  if ("reason" in read) {
    const text = `${where} cannot be read (${read.reason}).`;
    throw /^(?:ENOENT|NO_FILES)$/.test(read.reason) ? tokenUnavailable(text) : refused(text);
  }
  let content: unknown;
  try {
    content = JSON.parse(read.text);
  } catch {
    // The parser's own message would repeat parts of the key.
    throw refused(`${where} is not valid JSON.`);
  }
  return parseKey(content, (field, rule) => refused(`${where}: ${field} ${rule}.`));
}

/** Why credentials of other types cannot sign. */
const otherTypes: Readonly<Record<string, string>> = {
  authorized_user: "these are the user credentials of gcloud, which cannot sign as a service account",
  impersonated_service_account: "impersonated credentials contain no key",
  external_account: "workload identity federation has no key; use oidcAuth with the platform's token",
};

/**
 * Checks what was read or passed as a key.
 *
 * @param fail - Creates the error, given a field and its rule. Neither repeats a value of the key.
 */
export function parseKey(given: unknown, fail: (field: string, rule: string) => Error): GcpServiceAccountKey {
  const { type = "service_account", client_email, private_key, private_key_id } = Object(given);
  if (type !== "service_account") {
    const why = (Object.hasOwn(otherTypes, type) && otherTypes[type]) || "only service accounts have a key";
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
  return (
    `must look like name@project.iam.gserviceaccount.com, got ${email.slice(0, 100)}: Infisical refuses default accounts and those ` +
    "of domain-scoped projects; create a service account, or use gcpIdTokenAuth"
  );
}

export function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
