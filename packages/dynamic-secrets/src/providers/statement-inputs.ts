/**
 * What the server runs to make and to remove a user.
 *
 * `{{username}}`, `{{password}}` and `{{expiration}}` are filled in.
 */
export interface StatementInputs {
  /** Makes the user. */
  readonly creationStatement: string;
  /** Removes the user. */
  readonly revocationStatement: string;
}

/** The same for what can also move a user's end. */
export interface RenewableStatementInputs extends StatementInputs {
  /**
   * Moves the user's end. Servers of 2024 fail to renew where it is missing; an empty one will do.
   *
   * @defaultValue nothing is run
   */
  readonly renewStatement?: string | undefined;
}
