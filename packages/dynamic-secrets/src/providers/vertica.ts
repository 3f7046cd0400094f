import type { DatabaseAddress } from "./database-address.ts";
import type { GatewayInputs } from "./gateway-inputs.ts";
import type { PasswordRequirements } from "./password-requirements.ts";
import type { Statements } from "./statements.ts";

/** Inputs of `vertica`: users of Vertica. */
export interface VerticaInputs extends DatabaseAddress, Statements, GatewayInputs {
  /** The database. */
  readonly database: string;
  /** What generated passwords are made of. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
}
