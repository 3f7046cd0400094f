import { InfisicalSDKError } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { askFunction, tokenUnavailable } from "@infisical/core/logins";

/** An AccessKey pair of a RAM user. */
export interface AlicloudAccessKey {
  /** The AccessKey ID, which begins with `LTAI`. */
  readonly accessKeyId: string;
  /** The AccessKey secret. */
  readonly accessKeySecret: string;
}

/** Returns the pair as it is now. It is called at every login. */
export type AlicloudCredentials = (
  signal: AbortSignal | undefined,
) => AlicloudAccessKey | Promise<AlicloudAccessKey>;

const prefix = "ALIBABA_CLOUD_";
const idVariable = `${prefix}ACCESS_KEY_ID`;
const secretVariable = `${prefix}ACCESS_KEY_SECRET`;
const tokenVariable = `${prefix}SECURITY_TOKEN`;

const temporary =
  "Infisical accepts no temporary keys of STS. Pass the AccessKey pair of a RAM user as accessKeyId and accessKeySecret";

/** The rule that an AccessKey ID breaks; `undefined` if none. */
export function idProblem(accessKeyId: string): string | undefined {
  if (/^[A-Za-z\d]+$/.test(accessKeyId)) return undefined;
  return accessKeyId.startsWith("STS.")
    ? `must not begin with "STS.": ${temporary}`
    : "must consist of letters and digits";
}

/** The pair of the variables. */
export function keyFromVariables(): AlicloudAccessKey {
  const accessKeyId = readVariable(idVariable);
  const accessKeySecret = readVariable(secretVariable);
  if (!accessKeyId && !accessKeySecret) {
    throw tokenUnavailable(
      `The AccessKey pair is missing: pass accessKeyId and accessKeySecret, or credentials, or set ${idVariable} and ${secretVariable}.`,
    );
  }
  if (!accessKeyId || !accessKeySecret) {
    const [there, missing] = accessKeyId ? [idVariable, secretVariable] : [secretVariable, idVariable];
    throw refused(`${there} is set, but ${missing} is not.`);
  }
  if (readVariable(tokenVariable)) {
    throw refused(`${tokenVariable} is set, so the AccessKey is a temporary one. ${temporary}, or unset it.`);
  }
  const why = idProblem(accessKeyId);
  if (why) throw refused(`${idVariable} ${why}.`);
  return { accessKeyId, accessKeySecret };
}

/** The pair that the user's function returns. */
export async function keyFromFunction(
  credentials: AlicloudCredentials,
  signal: AbortSignal | undefined,
): Promise<AlicloudAccessKey> {
  const found: Record<string, unknown> = Object(
    await askFunction("credentials", () => credentials(signal), signal),
  );
  const fields = ["accessKeyId", "accessKeySecret"].map((field) => {
    const value = found[field];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    throw refused(`What \`credentials\` returned: ${field} must be a non-empty string.`);
  });
  const [accessKeyId = "", accessKeySecret = ""] = fields;
  const why = found["securityToken"] ? `securityToken must be absent: ${temporary}` : idProblem(accessKeyId);
  if (why)
    throw refused(`What \`credentials\` returned: ${found["securityToken"] ? "" : "accessKeyId "}${why}.`);
  return { accessKeyId, accessKeySecret };
}

function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
