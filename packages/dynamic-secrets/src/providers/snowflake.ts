import type { RenewableStatementInputs } from "./statement-inputs.ts";

/** Inputs of `snowflake`: users of Snowflake. */
export interface SnowflakeInputs extends RenewableStatementInputs {
  /** The account's identifier. */
  readonly accountId: string;
  /** The organization's identifier. */
  readonly orgId: string;
  /** The user who makes users. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
}
