import type { DatabaseAddress } from "./database-address.ts";
import type { RenewableStatements } from "./statements.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `cassandra`: users of Apache Cassandra. */
export interface CassandraInputs extends DatabaseAddress, RenewableStatements, TlsInputs {
  /** The data center to connect to. */
  readonly localDataCenter: string;
  /** The keyspace, for statements that name `{{keyspace}}`. */
  readonly keyspace?: string | undefined;
}
