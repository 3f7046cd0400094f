import type { DatabaseAddress } from "./database-address.ts";
import type { RenewableStatements } from "./statements.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `sap-hana`: users of SAP HANA. */
export interface SapHanaInputs extends DatabaseAddress, RenewableStatements, TlsInputs {}
