import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { GatewayInputs } from "./gateway-inputs.ts";
import type { PasswordRequirements } from "./password-requirements.ts";
import type { StatementInputs } from "./statement-inputs.ts";

/** Inputs of `vertica`: users of Vertica. */
export interface VerticaInputs extends DatabaseAddressInputs, StatementInputs, GatewayInputs {
  /** The database. */
  readonly database: string;
  /** What generated passwords are made of. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
}
