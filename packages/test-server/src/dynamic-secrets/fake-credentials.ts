import type { Identifiers } from "../state/identifiers.ts";

/** The parts that fake credentials consist of. */
export interface DataParts {
  readonly inputs: Readonly<Record<string, unknown>>;
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
  tailscale: token,
  oauth2: token,
};

/** The fake credentials of a lease, in the format of its provider. */
export function fakeCredentials(type: string, parts: DataParts): Readonly<Record<string, unknown>> {
  const make = credentialsByProvider[type];
  return make ? make(parts) : { DB_USERNAME: parts.username, DB_PASSWORD: parts.password };
}
