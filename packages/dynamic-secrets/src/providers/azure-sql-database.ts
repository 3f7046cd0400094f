import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { GatewayInputs } from "./gateway-inputs.ts";
import type { PasswordRequirements } from "./password-requirements.ts";
import type { RenewableStatementInputs } from "./statement-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `azure-sql-database`: users of Azure SQL Database. */
export interface AzureSqlDatabaseInputs
  extends DatabaseAddressInputs,
    RenewableStatementInputs,
    TlsInputs,
    GatewayInputs {
  /** The database. */
  readonly database: string;
  /**
   * The database in which logins are made.
   *
   * @defaultValue "master"
   */
  readonly masterDatabase?: string | undefined;
  /** Makes the login, in the master database. */
  readonly masterCreationStatement: string;
  /** What generated passwords are made of. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
  /** Whether the connection is encrypted. */
  readonly sslEnabled?: boolean | undefined;
}
