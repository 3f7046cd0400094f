import { InfisicalSDKError, type LoginContext } from "@infisical/core";
import {
  abortable,
  optionError,
  readOption,
  readVariable,
  requireUnquoted,
  withoutSecrets,
} from "@infisical/core/authoring";
import type { AwsCredentials, AwsCredentialsProvider } from "./options.ts";

/** Returns valid credentials that have not expired, from a value or a function. */
export async function currentCredentials(
  source: AwsCredentials | AwsCredentialsProvider,
  { signal, clock }: Pick<LoginContext, "signal" | "clock">,
): Promise<AwsCredentials> {
  const given = typeof source === "function" ? await abortable(ask(source), signal) : source;
  const credentials = readOption("credentials", () => parseCredentials(given));
  const { expiration } = credentials;
  const time = clock?.now() ?? Date.now();
  if (expiration === undefined || time < expiration.getTime()) return credentials;
  throw new InfisicalSDKError(
    `The AWS credentials expired at ${expiration.toISOString()} (this machine's clock says ` +
      `${new Date(time).toISOString()}). Refresh them, or pass a function as \`credentials\`; it is called at every login.`,
    { code: "AUTH_FAILED" },
  );
}

async function ask(provider: AwsCredentialsProvider): Promise<AwsCredentials> {
  try {
    return await provider();
  } catch (error) {
    if (error instanceof InfisicalSDKError) throw error;
    // Not chained: the error of an AWS client contains its whole response, including credentials.
    throw new InfisicalSDKError(
      `The function passed as \`credentials\` failed: ${messageWithoutKeys(error)}`,
      {
        code: "AUTH_FAILED",
      },
    );
  }
}

/** Checks that credentials can sign a request. Errors never repeat them. */
function parseCredentials(credentials: AwsCredentials): AwsCredentials {
  const accessKeyId = fieldOf(credentials, "accessKeyId") as string;
  const secretAccessKey = fieldOf(credentials, "secretAccessKey") as string;
  const sessionToken = fieldOf(credentials, "sessionToken") as string | undefined;
  const expiration = fieldOf(credentials, "expiration") as Date | undefined;
  assertKey("accessKeyId", accessKeyId, "AWS_ACCESS_KEY_ID", /^\w+$/);
  assertKey("secretAccessKey", secretAccessKey, "AWS_SECRET_ACCESS_KEY");
  // Some providers return `null` if there is none.
  const token = sessionToken ?? undefined;
  if (token !== undefined) assertKey("sessionToken", token, "AWS_SESSION_TOKEN");
  else if (accessKeyId.startsWith("ASIA")) {
    throw optionError(
      "credentials.sessionToken",
      "(or AWS_SESSION_TOKEN) is missing: an access key id that begins with ASIA belongs to temporary credentials, " +
        "which only work together with their session token",
    );
  }
  const end = expiration ?? undefined;
  if (end !== undefined && !(end instanceof Date && Number.isFinite(end.getTime()))) {
    throw optionError("credentials.expiration", "(or AWS_CREDENTIAL_EXPIRATION) must be a valid date");
  }
  return { accessKeyId, secretAccessKey, sessionToken: token, expiration: end };
}

/** Reads a field, or a getter of a class, but nothing that somebody added to all objects. */
function fieldOf(credentials: AwsCredentials, name: keyof AwsCredentials): unknown {
  let holder = Object(credentials);
  while (holder !== null && holder !== Object.prototype) {
    if (Object.hasOwn(holder, name)) return credentials[name];
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

function assertKey(field: string, key: unknown, variable: string, form = /^[\x21-\x7e]+$/): void {
  if (typeof key !== "string" || !form.test(requireUnquoted(`credentials.${field}`, key, variable))) {
    const characters = field === "accessKeyId" ? "letters, digits and underscores" : visible;
    throw optionError(`credentials.${field}`, `(or ${variable}) must be ${characters}`);
  }
}

const visible = "visible characters without white space";

/** The credentials in the environment, as Lambda sets them; `undefined` unless both keys are set. */
export function environmentCredentials(): AwsCredentials | undefined {
  const accessKeyId = readVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = readVariable("AWS_SECRET_ACCESS_KEY");
  const expiration = readVariable("AWS_CREDENTIAL_EXPIRATION");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: readVariable("AWS_SESSION_TOKEN"),
    expiration: expiration === undefined ? undefined : new Date(expiration),
  };
}

/** The longest message of a provider to pass on, in characters. */
const longest = 500;

/**
 * Returns the message of an AWS provider's error without keys: it may contain the arguments of a failed command or the
 * text of an unreadable response.
 */
export function messageWithoutKeys(error: unknown): string {
  const known = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].flatMap((name) => readVariable(name) ?? []);
  const message = error instanceof Error ? error.message : String(error);
  const redacted = withoutSecrets(message, known)
    // Secret keys are 40 characters of base64, and tokens are longer; paths of that length rarely mix all three.
    .replace(/[\w+/=-]{40,}/g, (run) => (isMixed(run) ? "[redacted]" : run))
    .trim();
  return redacted.length > longest ? `${redacted.slice(0, longest)}…` : redacted;
}

function isMixed(run: string): boolean {
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
}
