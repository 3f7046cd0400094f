/** Where a database is, and as whom the server goes there to make users. */
export interface DatabaseAddressInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The user who makes users. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
}
