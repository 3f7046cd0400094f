import type { DatabaseAddress } from "./database-address.ts";
import type { Statements } from "./statements.ts";

/** Inputs of `sap-ase`: users of SAP ASE. */
export interface SapAseInputs extends DatabaseAddress, Statements {
  /** The database. */
  readonly database: string;
}
