/** Where a database is, and the user that the server creates users with. */
export interface DatabaseAddressInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The admin user that the server connects as. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
}

/**
 * The statements that the server runs to create and to drop a user.
 *
 * The server fills in `{{username}}`, `{{password}}` and `{{expiration}}`.
 */
export interface StatementInputs {
  /** Creates the user. */
  readonly creationStatement: string;
  /** Drops the user. */
  readonly revocationStatement: string;
}

/** The statements for a provider that can also postpone a user's expiration. */
export interface RenewableStatementInputs extends StatementInputs {
  /**
   * Postpones the user's expiration. On older servers, renewals fail without it; an empty statement is enough.
   *
   * @defaultValue no statement
   */
  readonly renewStatement?: string | undefined;
}

/** How the server verifies the certificate of the database. */
export interface TlsInputs {
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
  /**
   * Whether to reject a certificate that cannot be verified.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}

/** The gateway through which the server reaches a private network; at most one of the two. */
export interface GatewayInputs {
  /** The gateway's id. */
  readonly gatewayId?: string | null | undefined;
  /** The id of a pool of gateways. */
  readonly gatewayPoolId?: string | null | undefined;
}

/** The rules for generated passwords. */
export interface PasswordRequirements {
  /** The number of characters, 1 to 250. */
  readonly length: number;
  /** The minimum number of characters of each kind, 0 or more; together at most `length`. */
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
  /** The symbols that a password can contain. */
  readonly allowedSymbols?: string | undefined;
}

/** A database user and its password. */
export interface DatabaseCredentials {
  /** The user's name. */
  readonly DB_USERNAME: string;
  /** The user's password. */
  readonly DB_PASSWORD: string;
}
