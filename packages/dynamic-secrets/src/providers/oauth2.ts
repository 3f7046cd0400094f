/** A further field of the token request. */
export interface OAuth2ExtraParameter {
  /** Its name, none of the protocol's own. */
  readonly key: string;
  /** Its value. */
  readonly value: string;
}

/** Inputs of `oauth2`: access tokens of an OAuth 2.0 server. */
export interface OAuth2Inputs {
  /** How tokens are asked for. */
  readonly grantType: "client-credentials";
  /** Where tokens are asked for. */
  readonly tokenUrl: string;
  /** Where tokens are revoked. */
  readonly revocationUrl: string;
  /** The client's id. */
  readonly clientId: string;
  /** How the client proves itself. */
  readonly clientAuth: {
    /** Where the secret goes: into a header or into the body. */
    readonly method: "client_secret_basic" | "client_secret_post";
    /** The client's secret. Reads leave it out; leave it out of an update to keep it. */
    readonly clientSecret: string;
  };
  /** What the tokens are good for, with spaces between the scopes. */
  readonly scope?: string | undefined;
  /**
   * Further fields of the request, up to 20, each name once.
   *
   * @defaultValue none
   */
  readonly extraParams?: readonly OAuth2ExtraParameter[] | undefined;
}
