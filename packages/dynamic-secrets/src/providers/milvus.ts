import type { DatabaseAddressInputs } from "./database-address-inputs.ts";
import type { GatewayInputs } from "./gateway-inputs.ts";
import type { TlsInputs } from "./tls-inputs.ts";

/** What a Milvus user may do. */
export interface MilvusPrivilege {
  /** The kind of what it may be done to, such as `Collection`. */
  readonly objectType: string;
  /**
   * The name of what it may be done to.
   *
   * @defaultValue "*"
   */
  readonly objectName?: string | undefined;
  /** What may be done. */
  readonly privilege: string;
  /** The database it holds in. */
  readonly dbName?: string | undefined;
}

/** Inputs of `milvus`: users of Milvus. */
export interface MilvusInputs extends DatabaseAddressInputs, TlsInputs, GatewayInputs {
  /**
   * The database.
   *
   * @defaultValue "default"
   */
  readonly database?: string | undefined;
  /**
   * What each user may do.
   *
   * @defaultValue nothing
   */
  readonly privileges?: readonly MilvusPrivilege[] | undefined;
}
