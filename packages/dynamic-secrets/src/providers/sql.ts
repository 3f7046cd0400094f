import type {
  DatabaseAddressInputs,
  GatewayInputs,
  PasswordRequirements,
  RenewableStatementInputs,
  StatementInputs,
  TlsInputs,
} from "./shared.ts";

/** The databases that `sql-database` supports, by the names of their drivers. */
export const SqlProviders = {
  /** PostgreSQL. */
  Postgres: "postgres",
  /** MySQL and MariaDB. */
  MySQL: "mysql2",
  /** Oracle Database. */
  Oracle: "oracledb",
  /** Microsoft SQL Server. */
  MsSQL: "mssql",
  /** SAP ASE. */
  SapAse: "sap-ase",
  /** Vertica. */
  Vertica: "vertica",
} as const;

/** The name of a driver, such as `"postgres"`. */
export type SqlProviders = (typeof SqlProviders)[keyof typeof SqlProviders];

/** Inputs of `sql-database`: users of PostgreSQL, MySQL, Oracle, SQL Server, SAP ASE or Vertica. */
export interface SqlDatabaseInputs
  extends DatabaseAddressInputs,
    RenewableStatementInputs,
    TlsInputs,
    GatewayInputs {
  /** The driver, which tells the kind of database. */
  readonly client: SqlProviders;
  /** The database's name. */
  readonly database: string;
  /** The rules for generated passwords. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
  /** Whether the connection is encrypted. */
  readonly sslEnabled?: boolean | undefined;
}

/** Inputs of `azure-sql-database`: users of Azure SQL Database. */
export interface AzureSqlDatabaseInputs
  extends DatabaseAddressInputs,
    RenewableStatementInputs,
    TlsInputs,
    GatewayInputs {
  /** The database's name. */
  readonly database: string;
  /**
   * The database in which logins are created.
   *
   * @defaultValue "master"
   */
  readonly masterDatabase?: string | undefined;
  /** Creates the login, in the master database. */
  readonly masterCreationStatement: string;
  /** The rules for generated passwords. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
  /** Whether the connection is encrypted. */
  readonly sslEnabled?: boolean | undefined;
}

/** Inputs of `sap-ase`: users of SAP ASE. */
export interface SapAseInputs extends DatabaseAddressInputs, StatementInputs {
  /** The database's name. */
  readonly database: string;
}

/** Inputs of `sap-hana`: users of SAP HANA. */
export interface SapHanaInputs extends DatabaseAddressInputs, RenewableStatementInputs, TlsInputs {}

/** Inputs of `snowflake`: users of Snowflake. */
export interface SnowflakeInputs extends RenewableStatementInputs {
  /** The account's identifier. */
  readonly accountId: string;
  /** The organization's identifier. */
  readonly orgId: string;
  /** The admin user that the server connects as. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
}

/** Inputs of `vertica`: users of Vertica. */
export interface VerticaInputs extends DatabaseAddressInputs, StatementInputs, GatewayInputs {
  /** The database's name. */
  readonly database: string;
  /** The rules for generated passwords. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
}

/** Inputs of `clickhouse`: users of ClickHouse. */
export interface ClickhouseInputs extends DatabaseAddressInputs, RenewableStatementInputs, GatewayInputs {
  /** The database's name. */
  readonly database: string;
  /** The rules for generated passwords. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
}
