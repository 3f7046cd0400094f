/** Inputs of `mongo-db`: users of MongoDB. */
export interface MongoDbInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port; leave it out where DNS says it. */
  readonly port?: number | null | undefined;
  /** The user who makes users. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
  /** The database. */
  readonly database: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly string[];
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | null | undefined;
  /**
   * Whether a certificate that cannot be checked is refused.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}
