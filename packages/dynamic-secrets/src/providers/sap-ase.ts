import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { StatementInputs } from "./statement-inputs.ts";

/** Inputs of `sap-ase`: users of SAP ASE. */
export interface SapAseInputs extends DatabaseAddressInputs, StatementInputs {
  /** The database. */
  readonly database: string;
}
