import type { TestClock } from "../clock.ts";
import { badRequest } from "../http/api-error.ts";
import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.ts";
import type { Identifiers } from "../state/identifiers.ts";
import type { CredentialIssuer, IssuedDynamicSecret, IssuedLease } from "./credential-issuer.ts";
import { fakeCredentials } from "./fake-credentials.ts";
import { generatePassword, generateUsername, type PasswordRules } from "./generate-text.ts";
import { usernameFor } from "./username.ts";

/** Providers whose credentials cannot be renewed. */
const unrenewable = ["gcp-iam", "github", "totp"];

/** Providers that run a statement to renew credentials, and fail without one. */
const renewedByStatement = [
  "azure-sql-database",
  "cassandra",
  "clickhouse",
  "redis",
  "sap-hana",
  "snowflake",
  "sql-database",
];

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

  /** Throws if the provider of a dynamic secret cannot be used. */
  async check(dynamicSecret: IssuedDynamicSecret): Promise<void> {
    await this.#real?.check?.(dynamicSecret);
  }

  async issue(
    dynamicSecret: DynamicSecret,
    { expireAt, config, identityName }: IssueRequest,
  ): Promise<{ username: string; data: Readonly<Record<string, unknown>> }> {
    const { type, inputs } = dynamicSecret;
    const expiration = new Date(expireAt).toISOString();
    const username = usernameFor(dynamicSecret, {
      randomUsername: generateUsername(this.#identifiers),
      unixTimestamp: String(Math.floor(this.#clock.now() / 1000)),
      identityName,
    });
    const rules = inputs["passwordRequirements"] as PasswordRules | undefined;
    const password = generatePassword(this.#identifiers, type === "redis" ? 64 : 48, rules);
    const statement = fill(inputs["creationStatement"], { username, password, expiration });
    const lease = { ...describe(dynamicSecret), username, expireAt, statement, config };
    const data = await this.#real?.issue({ ...lease, password });
    const parts = { inputs, username, password, expireAt: expiration, identifiers: this.#identifiers };
    return { username, data: data ?? fakeCredentials(type, parts) };
  }

  async renew(lease: Lease, expireAt: number): Promise<void> {
    const { type, inputs } = lease.dynamicSecret;
    if (unrenewable.includes(type)) throw badRequest(`Leases of ${type} cannot be renewed`);
    if (renewedByStatement.includes(type) && inputs["renewStatement"] === undefined) {
      throw new Error("There is no renewStatement");
    }
    await this.#real?.renew?.(issued(lease, "renewStatement", expireAt));
  }

  async revoke(lease: Lease): Promise<void> {
    await this.#real?.revoke(issued(lease, "revocationStatement", Date.parse(lease.expireAt)));
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
    statement: fill(dynamicSecret.inputs[statement], { username, expiration }),
    config,
  };
}

/** Fills values into a statement; an unknown variable becomes empty, as in the server's template engine. */
function fill(statement: unknown, values: Readonly<Record<string, string>>): string | undefined {
  if (typeof statement !== "string") return undefined;
  return statement.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? "");
}
