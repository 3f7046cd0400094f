import type { Identifiers } from "../../api/server-state.ts";
import { fromHex } from "../../engine/bytes.ts";
import type { Inputs } from "./dynamic-secret.ts";
import type { PasswordRules } from "./provider-inputs.ts";

const lowercase = "abcdefghijklmnopqrstuvwxyz";
const uppercase = lowercase.toUpperCase();
const digits = "0123456789";
const symbols = "-_.~!*";

/** The parts that fake credentials consist of. */
export interface DataParts {
  readonly inputs: Inputs;
  readonly username: string;
  readonly password: string;
  readonly expireAt: string;
  readonly identifiers: Identifiers;
}

type FakeCredentials = (parts: DataParts) => Readonly<Record<string, unknown>>;

const token: FakeCredentials = ({ identifiers }) => ({ TOKEN: identifiers.hex(64) });

/** The credentials of providers that do not create a database user. They work nowhere. */
const credentialsByProvider: Readonly<Record<string, FakeCredentials>> = {
  "aws-iam": ({ inputs, username, password, identifiers }) => ({
    ACCESS_KEY: `AKIA${identifiers.hex(16).toUpperCase()}`,
    SECRET_ACCESS_KEY: password.slice(0, 40),
    ...(inputs["credentialType"] === "temporary-credentials"
      ? { SESSION_TOKEN: identifiers.hex(64) }
      : { USERNAME: username }),
  }),
  "azure-entra-id": ({ inputs, password }) => ({ email: inputs["email"], password }),
  couchbase: ({ username, password }) => ({ username, password }),
  "gcp-iam": (parts) => ({ SERVICE_ACCOUNT_EMAIL: parts.inputs["serviceAccountEmail"], ...token(parts) }),
  github: (parts) => ({
    ...token(parts),
    EXPIRES_AT: parts.expireAt,
    PERMISSIONS: { contents: "read" },
    REPOSITORY_SELECTION: "all",
  }),
  "ibm-api-connect": ({ identifiers, password }) => ({
    CLIENT_ID: identifiers.hex(32),
    CLIENT_SECRET: password,
  }),
  kubernetes: token,
  ldap: ({ username, password }) => ({
    USERNAME: username,
    PASSWORD: password,
    DN_ARRAY: [`cn=${username},dc=example,dc=com`],
  }),
  ssh: ({ identifiers }) => ({
    PRIVATE_KEY: `-----BEGIN OPENSSH PRIVATE KEY-----\n${identifiers.hex(64)}\n-----END OPENSSH PRIVATE KEY-----\n`,
    SIGNED_KEY: `ssh-ed25519-cert-v01@openssh.com ${identifiers.hex(64)}`,
  }),
  totp: ({ identifiers }) => ({
    TOTP: String(Number.parseInt(identifiers.hex(6), 16) % 1_000_000).padStart(6, "0"),
    TIME_REMAINING: 30,
  }),
};

/** The fake credentials of a lease, in the format of its provider. */
export function fakeCredentials(type: string, parts: DataParts): Readonly<Record<string, unknown>> {
  const make = credentialsByProvider[type];
  return make ? make(parts) : { DB_USERNAME: parts.username, DB_PASSWORD: parts.password };
}

/** A user name as the server generates it: letters and digits. */
export function generateUsername(identifiers: Identifiers): string {
  return generateText(identifiers, 32, lowercase + uppercase + digits);
}

/** A password by the rules of the inputs; without rules, one with characters of every kind. */
export function generatePassword(identifiers: Identifiers, type: string, inputs: Inputs): string {
  const rules = inputs["passwordRequirements"] as PasswordRules | undefined;
  if (!rules) {
    const length = type === "redis" ? 64 : 48;
    return generateText(identifiers, length, lowercase + uppercase + digits + symbols);
  }
  const { required, allowedSymbols } = rules;
  const mandatory = [
    generateText(identifiers, required.lowercase, lowercase),
    generateText(identifiers, required.uppercase, uppercase),
    generateText(identifiers, required.digits, digits),
    generateText(identifiers, required.symbols, allowedSymbols || symbols),
  ].join("");
  // No further symbols: a provider might not accept any.
  const rest = lowercase + uppercase + digits;
  return mandatory + generateText(identifiers, rules.length - mandatory.length, rest);
}

/** Text that looks random and is the same in every run. The alphabet must not be empty. */
function generateText(identifiers: Identifiers, length: number, alphabet: string): string {
  let text = "";
  while (text.length < length) {
    for (const byte of fromHex(identifiers.hex(64))) text += alphabet.charAt(byte % alphabet.length);
  }
  return text.slice(0, length);
}
