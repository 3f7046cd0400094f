import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** Inputs of `rabbit-mq`: users of RabbitMQ, made through its management API. */
export interface RabbitMqInputs extends DatabaseAddressInputs, TlsInputs {
  /**
   * The tags of each user.
   *
   * @defaultValue none
   */
  readonly tags?: readonly string[] | undefined;
  /** What each user may do. */
  readonly virtualHost: {
    /** The virtual host's name. */
    readonly name: string;
    /** Patterns of the names that each permission holds for. */
    readonly permissions: {
      /** What may be read from. */
      readonly read: string;
      /** What may be written to. */
      readonly write: string;
      /** What may be made and removed. */
      readonly configure: string;
    };
  };
}
