import type { RenewableStatementInputs } from "./statement-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `redis`: users of Redis. */
export interface RedisInputs extends RenewableStatementInputs, TlsInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The user who makes users; `"default"` where there is no other. */
  readonly username: string;
  /** That user's password, if it has one. */
  readonly password?: string | undefined;
}
