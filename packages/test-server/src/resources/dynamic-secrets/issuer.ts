import { ApiError, badRequest } from "../../api/api-error.ts";
import type { Identifiers } from "../../api/server-state.ts";
import type { TestClock } from "../../engine/clock.ts";
import type { CredentialIssuer, IssuedDynamicSecret, IssuedLease } from "./credential-issuer.ts";
import { addressOf, type DynamicSecret, type Inputs, type Lease } from "./dynamic-secret.ts";
import { fakeCredentials, generatePassword, generateUsername } from "./fake-credentials.ts";

/** What the server says for providers whose credentials cannot be renewed. */
const unrenewable: Readonly<Record<string, string>> = {
  github: "Github dynamic secret does not support renewal",
  totp: "Lease renewal is not supported for TOTPs",
};

/** Where the real server's database is: a dynamic secret cannot be for it. */
const ownHosts = ["localhost", "127.0.0.1", "::1"];

/** The label of each statement, and its variables. */
const variables = {
  creationStatement: ["creation", "username", "password", "expiration", "database", "keyspace"],
  renewStatement: ["renew", "username", "expiration", "database", "keyspace"],
  revocationStatement: ["revoke", "username", "database"],
} as const;

const labels: Readonly<Record<string, string>> = {
  "sql-database": "SQL",
  cassandra: "Cassandra",
  redis: "Redis",
};

/** A request for credentials. */
export interface IssueRequest {
  /** In milliseconds since 1970. */
  readonly expireAt: number;
  readonly config: unknown;
  readonly identityName: string;
}

/** Issues credentials: real ones where the test brings an issuer, otherwise fake ones. */
export class Issuer {
  readonly #clock: TestClock;
  readonly #identifiers: Identifiers;
  readonly #real: CredentialIssuer | undefined;

  constructor(clock: TestClock, identifiers: Identifiers, real: CredentialIssuer | undefined) {
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#real = real;
  }

  /** Throws 400 with the reason if the inputs of a dynamic secret are wrong, or its provider cannot be reached. */
  async check(dynamicSecret: IssuedDynamicSecret): Promise<void> {
    checkInputs(dynamicSecret.type, dynamicSecret.inputs);
    await tried("connect with provider", dynamicSecret.inputs, () => this.#real?.check?.(dynamicSecret));
  }

  async issue(
    dynamicSecret: DynamicSecret,
    { expireAt, config, identityName }: IssueRequest,
  ): Promise<Pick<Lease, "externalEntityId" | "data">> {
    const { type, inputs } = dynamicSecret;
    const identifiers = this.#identifiers;
    const expiration = new Date(expireAt).toISOString();
    const username = this.#usernameFor(dynamicSecret, identityName);
    const password = generatePassword(identifiers, type, inputs);
    const statement = fill(inputs, "creationStatement", { username, password, expiration });
    const lease = { ...describe(dynamicSecret), username, password, expireAt, statement, config };
    const secrets = { ...inputs, leased: username, made: password };
    const data = await tried("create lease from provider", secrets, () => this.#real?.issue(lease));
    const parts = { inputs, username, password, expireAt: expiration, identifiers };
    return { externalEntityId: username, data: data ?? fakeCredentials(type, parts) };
  }

  async renew(lease: Lease, expireAt: number): Promise<void> {
    const { type, inputs } = lease.dynamicSecret;
    const refusal = unrenewable[type];
    if (refusal !== undefined) throw badRequest(refusal);
    const renewed = (): IssuedLease => issued(lease, "renewStatement", expireAt);
    await tried("renew lease from provider", inputs, () => this.#real?.renew?.(renewed()));
  }

  async revoke(lease: Lease): Promise<void> {
    const { inputs } = lease.dynamicSecret;
    const revoked = issued(lease, "revocationStatement", Date.parse(lease.expireAt));
    await tried("revoke lease from provider", inputs, () => this.#real?.revoke(revoked));
  }

  /** The name of a new user: a random one, or one by the dynamic secret's template. */
  #usernameFor({ name, type, usernameTemplate }: DynamicSecret, identityName: string): string {
    const randomUsername = generateUsername(this.#identifiers);
    if (!usernameTemplate) return randomUsername;
    const variables: Readonly<Record<string, string>> = {
      randomUsername,
      unixTimestamp: String(Math.floor(this.#clock.now() / 1000)),
      "identity.name": identityName,
      "dynamicSecret.name": name,
      "dynamicSecret.type": type,
    };
    const username = usernameTemplate.replace(/\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
      const value = variables[expression];
      if (value !== undefined) return value;
      const message = `@infisical/test-server does not implement {{${expression}}} in a username template`;
      throw new ApiError(501, "NotImplemented", message);
    });
    if (/^[A-Za-z0-9_-]{0,128}$/.test(username)) return username;
    const allowed = "only letters, digits, underscore and hyphen are allowed";
    throw badRequest(`Generated username contains unsupported characters; ${allowed}`);
  }
}

/** Throws 400 for inputs that the server refuses before it tries to connect. */
function checkInputs(type: string, inputs: Inputs): void {
  const { host } = inputs;
  if (typeof host === "string" && ownHosts.includes(addressOf(host))) {
    throw badRequest(
      `The host ${host} belongs to a service that is in-use by Infisical, such as the Infisical database or ` +
        "Redis instance. You cannot use hosts that are in-use by Infisical.",
    );
  }
  for (const [name, [label, ...known]] of Object.entries(variables)) {
    const statement = inputs[name];
    if (typeof statement !== "string") continue;
    const isKnown = ([, variable]: RegExpMatchArray): boolean => known.some((each) => each === variable);
    if ([...statement.matchAll(/\{\{\s*(.*?)\s*\}\}/g)].every(isKnown)) continue;
    throw badRequest(`Template sanitization failed: ${labels[type] ?? type} ${label}`);
  }
}

function describe({ type, name, inputs }: DynamicSecret): IssuedDynamicSecret {
  return { type, name, inputs };
}

function issued(lease: Lease, statement: string, expireAt: number): IssuedLease {
  const { dynamicSecret, externalEntityId: username, config } = lease;
  const expiration = new Date(expireAt).toISOString();
  return {
    ...describe(dynamicSecret),
    username,
    expireAt,
    statement: fill(dynamicSecret.inputs, statement, { username, expiration }),
    config,
  };
}

/** Fills values into a statement; what is missing becomes empty, as in the server's template engine. */
function fill(inputs: Inputs, name: string, values: Inputs): string | undefined {
  const statement = inputs[name];
  if (typeof statement !== "string") return undefined;
  const { database, keyspace } = inputs;
  const known: Inputs = { database, keyspace, ...values };
  return statement.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, variable: string) => String(known[variable] ?? ""));
}

/** Runs what a provider does. Its error becomes a 400 of the server, without the credentials. */
async function tried<Done>(doing: string, secrets: Inputs, work: () => Done | Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    const { username, password, database, leased, made } = secrets;
    const hidden = [username, password, database, leased, made].filter(Boolean);
    const words = (error instanceof Error ? error.message : String(error)).split(/(\W+)/);
    const shown = words.map((word) => (hidden.includes(word) ? "[REDACTED]" : word)).join("");
    throw badRequest(`Failed to ${doing}: ${shown}`);
  }
}
