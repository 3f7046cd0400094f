import type { GatewayInputs } from "./common-inputs.ts";

interface KubernetesConnectionInputs extends GatewayInputs {
  /**
   * Whether the connection is encrypted.
   *
   * @defaultValue false
   */
  readonly sslEnabled?: boolean | undefined;
  /**
   * Whether a certificate that cannot be checked is refused.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
  /** Whom the tokens are for; an empty list means the cluster itself. */
  readonly audiences: readonly string[];
}

/** How the server reaches the cluster through a gateway that runs in it; name the gateway or its pool. */
export interface KubernetesGatewayInputs extends KubernetesConnectionInputs {
  /** How the server reaches the cluster. */
  readonly authMethod: "gateway";
  /** The address of the cluster's API, where it is not the gateway's own. */
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
  /** The address of the cluster's API: `http://` or `https://`. */
  readonly url: string;
  /** The token of who makes tokens. */
  readonly clusterToken: string;
}

/** Tokens of a service account that is there. */
export interface KubernetesStaticCredential {
  /** What a lease does. */
  readonly credentialType: "static";
  /** The service account's name. */
  readonly serviceAccountName: string;
  /** The service account's namespace. */
  readonly namespace: string;
}

/** Tokens of a service account that is made for each lease. */
export interface KubernetesDynamicCredential {
  /** What a lease does. */
  readonly credentialType: "dynamic";
  /** The namespaces to choose from, with commas between them. */
  readonly namespace: string;
  /** What kind of role each service account gets. */
  readonly roleType: "cluster-role" | "role";
  /** The role's name. */
  readonly role: string;
}

/** Inputs of `kubernetes`: tokens of service accounts. */
export type KubernetesInputs = (KubernetesGatewayInputs | KubernetesApiInputs) &
  (KubernetesStaticCredential | KubernetesDynamicCredential);
