import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { GatewayInputs } from "./gateway-inputs.ts";
import type { PasswordRequirements } from "./password-requirements.ts";
import type { SqlProviders } from "./sql-providers.ts";
import type { RenewableStatementInputs } from "./statement-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `sql-database`: users of PostgreSQL, MySQL, Oracle, SQL Server, SAP ASE or Vertica. */
export interface SqlDatabaseInputs
  extends DatabaseAddressInputs,
    RenewableStatementInputs,
    TlsInputs,
    GatewayInputs {
  /** Which database it is. */
  readonly client: SqlProviders;
  /** The database. */
  readonly database: string;
  /** What generated passwords are made of. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
  /** Whether the connection is encrypted. */
  readonly sslEnabled?: boolean | undefined;
}
