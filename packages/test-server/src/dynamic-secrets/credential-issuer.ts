/** A dynamic secret as an issuer sees it. */
export interface IssuedDynamicSecret {
  /** Its provider, such as `redis`. */
  readonly type: string;
  /** Its name. */
  readonly name: string;
  /** What the provider was told, with the server's defaults filled in. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A lease whose credentials are to be made, prolonged or revoked. */
export interface IssuedLease extends IssuedDynamicSecret {
  /** The name of the user, which the server makes up. */
  readonly username: string;
  /** When the credentials are to end, in milliseconds since 1970 by the server's clock. */
  readonly expireAt: number;
  /**
   * What the inputs say is to be run, with `{{username}}`, `{{password}}` and `{{expiration}}` filled in: the
   * creation, renewal or revocation statement. `undefined` where the inputs have none.
   */
  readonly statement: string | undefined;
  /** What the request to lease gave along. */
  readonly config: unknown;
}

/** A lease whose credentials are to be made. */
export interface NewIssuedLease extends IssuedLease {
  /** The password, which the server makes up. */
  readonly password: string;
}

/** What an issuer may return or resolve with: nothing. */
type Done = void | Promise<void>;

/**
 * Issues and revokes real credentials, where a test has something that takes them.
 *
 * What it throws is what a real server meets at the provider: a 500, or when revoking a failed deletion.
 */
export interface CredentialIssuer {
  /**
   * Called before a dynamic secret is stored or changed; throws where its target cannot be used.
   *
   * @param dynamicSecret - What is to be stored.
   */
  check?(dynamicSecret: IssuedDynamicSecret): Done;
  /**
   * Makes credentials.
   *
   * @param lease - Whose, until when, and what to run.
   * @returns The `data` of the lease; nothing for the username and password that the server made up.
   */
  issue(
    lease: NewIssuedLease,
  ): Readonly<Record<string, unknown>> | Done | Promise<Readonly<Record<string, unknown>>>;
  /**
   * Prolongs credentials. Without it, a renewal changes the end of the lease only.
   *
   * @param lease - Whose, and their new end.
   */
  renew?(lease: IssuedLease): Done;
  /**
   * Revokes credentials: when the lease is deleted, and when it ends.
   *
   * @param lease - Whose, and what to run.
   */
  revoke(lease: IssuedLease): Done;
}
