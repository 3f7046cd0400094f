import type { GatewayInputs } from "./shared.ts";

interface KubernetesConnectionInputs extends GatewayInputs {
  /**
   * Whether the connection is encrypted.
   *
   * @defaultValue false
   */
  readonly sslEnabled?: boolean | undefined;
  /**
   * Whether to reject a certificate that cannot be verified.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
  /** The audiences of the tokens; an empty list means the cluster itself. */
  readonly audiences: readonly string[];
}

/** How the server reaches the cluster through a gateway that runs in it; set the gateway or its pool. */
export interface KubernetesGatewayInputs extends KubernetesConnectionInputs {
  /** How the server reaches the cluster. */
  readonly authMethod: "gateway";
  /** The URL of the cluster's API, if it differs from the gateway's own. */
  readonly url?: string | undefined;
}

/** How the server reaches the cluster's API with a token. */
export interface KubernetesApiInputs extends KubernetesConnectionInputs {
  /**
   * How the server reaches the cluster.
   *
   * @defaultValue "api"
   */
  readonly authMethod?: "api" | undefined;
  /** The URL of the cluster's API: `http://` or `https://`. */
  readonly url: string;
  /** The token that the server uses to request tokens. */
  readonly clusterToken: string;
}

/** Tokens of an existing service account. */
export interface KubernetesStaticCredential {
  /** What a lease does. */
  readonly credentialType: "static";
  /** The service account's name. */
  readonly serviceAccountName: string;
  /** The service account's namespace. */
  readonly namespace: string;
}

/** Tokens of a service account that is created for each lease. */
export interface KubernetesDynamicCredential {
  /** What a lease does. */
  readonly credentialType: "dynamic";
  /** The allowed namespaces, separated by commas. */
  readonly namespace: string;
  /** The kind of role that each service account is bound to. */
  readonly roleType: "cluster-role" | "role";
  /** The role's name. */
  readonly role: string;
}

/** Inputs of `kubernetes`: tokens of service accounts. */
export type KubernetesInputs = (KubernetesGatewayInputs | KubernetesApiInputs) &
  (KubernetesStaticCredential | KubernetesDynamicCredential);

/** A token of a Kubernetes service account. */
export interface KubernetesCredentials {
  /** The service account's token. */
  readonly TOKEN: string;
}

/** How the server authenticates with Tailscale. */
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
  /** The credentials that the server creates keys with. */
  readonly auth: TailscaleAuth;
  /**
   * The network.
   *
   * @defaultValue "-", the network that the key belongs to
   */
  readonly tailnet?: string | undefined;
  /** A description of up to 50 characters. */
  readonly description?: string | undefined;
}

/** Inputs of `tailscale` where a lease issues an auth key for devices. */
export interface TailscaleAuthKeyInputs extends TailscaleCommonInputs {
  /** What a lease issues. */
  readonly authType: "auth_keys";
  /**
   * The tags of the devices.
   *
   * @defaultValue none
   */
  readonly tags?: readonly string[] | undefined;
  /**
   * Whether several devices can use the same key.
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

/** Inputs of `tailscale` where a lease issues an OAuth client. */
export interface TailscaleOAuthKeyInputs extends TailscaleCommonInputs {
  /** What a lease issues. */
  readonly authType: "oauth_keys";
  /** The tags of the client, at least one. */
  readonly tags: readonly string[];
  /** The scopes of the client, at least one; neither `all` nor a scope that creates keys or tokens. */
  readonly scopes: readonly string[];
}

/** Inputs of `tailscale` where a lease issues a federated identity. */
export interface TailscaleFederatedKeyInputs extends TailscaleCommonInputs {
  /** What a lease issues. */
  readonly authType: "federated_keys";
  /** The tags of the identity, at least one. */
  readonly tags: readonly string[];
  /** The scopes of the identity, at least one; neither `all` nor a scope that creates keys or tokens. */
  readonly scopes: readonly string[];
  /** The issuer of its tokens. */
  readonly issuer: string;
  /** The subject of its tokens. */
  readonly subject: string;
  /** The audience of its tokens. */
  readonly audience?: string | undefined;
}

/** Inputs of `tailscale`: keys of Tailscale. */
export type TailscaleInputs = TailscaleAuthKeyInputs | TailscaleOAuthKeyInputs | TailscaleFederatedKeyInputs;

/** Inputs of `github`: installation tokens of a GitHub App. */
export interface GitHubInputs {
  /** The app's id. */
  readonly appId: number;
  /** The installation's id. */
  readonly installationId: number;
  /** The app's private key, as PEM. */
  readonly privateKey: string;
}

/** An installation token of a GitHub App. */
export interface GitHubCredentials {
  /** The installation token. */
  readonly TOKEN: string;
  /** When the token expires, as an ISO date. */
  readonly EXPIRES_AT: string;
  /** The permissions of the token, such as `{ contents: "read" }`. */
  readonly PERMISSIONS: Readonly<Record<string, string>>;
  /** The repositories that the token can access: `"all"` or `"selected"`. */
  readonly REPOSITORY_SELECTION: string;
}
