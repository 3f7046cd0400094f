import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { GatewayInputs } from "./gateway-inputs.ts";
import type { PasswordRequirements } from "./password-requirements.ts";
import type { RenewableStatementInputs } from "./statement-inputs.ts";

/** Inputs of `clickhouse`: users of ClickHouse. */
export interface ClickhouseInputs extends DatabaseAddressInputs, RenewableStatementInputs, GatewayInputs {
  /** The database. */
  readonly database: string;
  /** What generated passwords are made of. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
}
