import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { RenewableStatementInputs } from "./statement-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `cassandra`: users of Apache Cassandra. */
export interface CassandraInputs extends DatabaseAddressInputs, RenewableStatementInputs, TlsInputs {
  /** The data center to connect to. */
  readonly localDataCenter: string;
  /** The keyspace, for statements that name `{{keyspace}}`. */
  readonly keyspace?: string | undefined;
}
