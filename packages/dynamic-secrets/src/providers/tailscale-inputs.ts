/** How the server logs in at Tailscale. */
export type TailscaleAuth =
  | {
      /** With an API key. */
      readonly method: "api_key";
      /** The key. */
      readonly apiKey: string;
    }
  | {
      /** With an OAuth client. */
      readonly method: "oauth";
      /** The client's id. */
      readonly clientId: string;
      /** The client's secret. */
      readonly clientSecret: string;
    };

interface TailscaleCommonInputs {
  /** Who makes keys. */
  readonly auth: TailscaleAuth;
  /**
   * The network.
   *
   * @defaultValue "-", the one that the key belongs to
   */
  readonly tailnet?: string | undefined;
  /** A description of up to 50 characters. */
  readonly description?: string | undefined;
}

/** Inputs of `tailscale` where a lease gives an auth key for devices. */
export interface TailscaleAuthKeyInputs extends TailscaleCommonInputs {
  /** What a lease gives. */
  readonly authType: "auth_keys";
  /**
   * The tags of the devices.
   *
   * @defaultValue none
   */
  readonly tags?: readonly string[] | undefined;
  /**
   * Whether a key is good for several devices.
   *
   * @defaultValue false
   */
  readonly reusable?: boolean | undefined;
  /**
   * Whether devices need no approval.
   *
   * @defaultValue false
   */
  readonly preauthorized?: boolean | undefined;
}

/** Inputs of `tailscale` where a lease gives an OAuth client. */
export interface TailscaleOAuthKeyInputs extends TailscaleCommonInputs {
  /** What a lease gives. */
  readonly authType: "oauth_keys";
  /** The tags of the client, at least one. */
  readonly tags: readonly string[];
  /** What the client may do, at least one scope; none that makes keys or tokens, and not `all`. */
  readonly scopes: readonly string[];
}

/** Inputs of `tailscale` where a lease gives a federated identity. */
export interface TailscaleFederatedKeyInputs extends TailscaleCommonInputs {
  /** What a lease gives. */
  readonly authType: "federated_keys";
  /** The tags of the identity, at least one. */
  readonly tags: readonly string[];
  /** What the identity may do, at least one scope; none that makes keys or tokens, and not `all`. */
  readonly scopes: readonly string[];
  /** Who issues its tokens. */
  readonly issuer: string;
  /** Whom its tokens are about. */
  readonly subject: string;
  /** Whom its tokens are for. */
  readonly audience?: string | undefined;
}

/** Inputs of `tailscale`: keys of Tailscale. */
export type TailscaleInputs = TailscaleAuthKeyInputs | TailscaleOAuthKeyInputs | TailscaleFederatedKeyInputs;
