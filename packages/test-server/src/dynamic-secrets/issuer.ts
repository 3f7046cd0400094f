import type { TestClock } from "../clock.js";
import { badRequest } from "../http/api-error.js";
import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.js";
import type { Identifiers } from "../state/identifiers.js";
import type { CredentialIssuer, IssuedDynamicSecret, IssuedLease } from "./credential-issuer.js";
import { madeUpData } from "./made-up-data.js";
import { madeUpPassword, madeUpUsername, type PasswordRules } from "./made-up-text.js";
import { usernameFor } from "./username.js";

/** Providers whose credentials end when they end. */
const unrenewable = ["gcp-iam", "github", "totp"];

/** Providers that run a statement to prolong credentials, and fail without one. */
const renewedByStatement = [
  "azure-sql-database",
  "cassandra",
  "clickhouse",
  "redis",
  "sap-hana",
  "snowflake",
  "sql-database",
];

/** What credentials are issued for. */
export interface IssueRequest {
  /** In milliseconds since 1970. */
  readonly expireAt: number;
  readonly config: unknown;
  readonly identityName: string;
}

/** Makes credentials up, and has the test's own issuer make real ones where there is one. */
export class Issuer {
  readonly #clock: TestClock;
  readonly #identifiers: Identifiers;
  readonly #real: CredentialIssuer | undefined;

  constructor(clock: TestClock, identifiers: Identifiers, real: CredentialIssuer | undefined) {
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#real = real;
  }

  /** Throws where the target of a dynamic secret cannot be used. */
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
      randomUsername: madeUpUsername(this.#identifiers),
      unixTimestamp: String(Math.floor(this.#clock.now() / 1000)),
      identityName,
    });
    const rules = inputs["passwordRequirements"] as PasswordRules | undefined;
    const password = madeUpPassword(this.#identifiers, type === "redis" ? 64 : 48, rules);
    const statement = fill(inputs["creationStatement"], { username, password, expiration });
    const lease = { ...describe(dynamicSecret), username, expireAt, statement, config };
    const data = await this.#real?.issue({ ...lease, password });
    const parts = { inputs, username, password, expireAt: expiration, identifiers: this.#identifiers };
    return { username, data: data ?? madeUpData(type, parts) };
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

/** Puts values into a statement; a variable without one becomes nothing, as with the server's template engine. */
function fill(statement: unknown, values: Readonly<Record<string, string>>): string | undefined {
  if (typeof statement !== "string") return undefined;
  return statement.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? "");
}
