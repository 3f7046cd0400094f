/** A dynamic secret as an issuer sees it. */
export interface IssuedDynamicSecret {
  /** Its provider, such as `redis`. */
  readonly type: string;
  /** Its name. */
  readonly name: string;
  /** The provider's inputs, with the server's defaults filled in. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A lease whose credentials are to be issued, renewed or revoked. */
export interface IssuedLease extends IssuedDynamicSecret {
  /** The name of the user, which the server generates. */
  readonly username: string;
  /** When the credentials expire, in milliseconds since 1970 by the server's clock. */
  readonly expireAt: number;
  /**
   * The statement to run: the creation, renewal or revocation statement of the inputs, with `{{username}}`,
   * `{{password}}` and `{{expiration}}` filled in. `undefined` where the inputs have none.
   */
  readonly statement: string | undefined;
  /** The `config` of the request for the lease. */
  readonly config: unknown;
}

/** A lease whose credentials are to be issued. */
export interface NewIssuedLease extends IssuedLease {
  /** The password, which the server generates. */
  readonly password: string;
}

/** The result of an issuer that returns nothing, synchronously or not. */
type Done = void | Promise<void>;

/**
 * Issues and revokes real credentials, for tests with a real provider.
 *
 * An error that it throws counts as the provider's: the server answers with 400 and the reason, or marks a revocation as
 * failed.
 */
export interface CredentialIssuer {
  /**
   * Called before a dynamic secret is stored or changed; throws if the provider cannot be used.
   *
   * @param dynamicSecret - The dynamic secret to be stored.
   */
  check?(dynamicSecret: IssuedDynamicSecret): Done;
  /**
   * Issues credentials.
   *
   * @param lease - The lease, with its expiry and the statement to run.
   * @returns The `data` of the lease, or nothing to use the username and password that the server generated.
   */
  issue(
    lease: NewIssuedLease,
  ): Readonly<Record<string, unknown>> | Done | Promise<Readonly<Record<string, unknown>>>;
  /**
   * Renews credentials. Without it, a renewal only changes the expiry of the lease.
   *
   * @param lease - The lease, with its new expiry.
   */
  renew?(lease: IssuedLease): Done;
  /**
   * Revokes credentials: when the lease is deleted, and when it expires.
   *
   * @param lease - The lease, with the statement to run.
   */
  revoke(lease: IssuedLease): Done;
}
