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

/** How the server checks the certificate of what it connects to. */
export interface TlsInputs {
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
  /**
   * Whether a certificate that cannot be checked is refused.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}

/** Through which gateway the server reaches a private network; at most one of the two. */
export interface GatewayInputs {
  /** The gateway's id. */
  readonly gatewayId?: string | null | undefined;
  /** The id of a pool of gateways. */
  readonly gatewayPoolId?: string | null | undefined;
}

/** What generated passwords are made of. */
export interface PasswordRequirements {
  /** How many characters, 1 to 250. */
  readonly length: number;
  /** How many of each kind at least, 0 or more; together no more than `length`. */
  readonly required: {
    /** Letters `a` to `z`. */
    readonly lowercase: number;
    /** Letters `A` to `Z`. */
    readonly uppercase: number;
    /** Digits. */
    readonly digits: number;
    /** Characters of `allowedSymbols`. */
    readonly symbols: number;
  };
  /** The symbols that may be used. */
  readonly allowedSymbols?: string | undefined;
}
