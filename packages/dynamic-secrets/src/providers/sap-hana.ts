import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { RenewableStatementInputs } from "./statement-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `sap-hana`: users of SAP HANA. */
export interface SapHanaInputs extends DatabaseAddressInputs, RenewableStatementInputs, TlsInputs {}
