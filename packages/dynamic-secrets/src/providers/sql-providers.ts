/** The databases that `sql-database` can be, by the names of their drivers. */
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
