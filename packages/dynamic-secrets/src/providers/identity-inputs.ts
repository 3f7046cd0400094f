import type { GatewayInputs, TlsInputs } from "./common-inputs.ts";

/** Inputs of `azure-entra-id`: passwords of a user of Microsoft Entra ID. */
export interface AzureEntraIdInputs {
  /** The tenant's id. */
  readonly tenantId: string;
  /** The id of the user whose password is set. */
  readonly userId: string;
  /** That user's address. */
  readonly email: string;
  /** The id of the application that sets passwords. */
  readonly applicationId: string;
  /** The secret of that application. */
  readonly clientSecret: string;
}

/** Inputs of `gcp-iam`: access tokens of a Google Cloud service account. */
export interface GcpIamInputs {
  /** The service account's address, up to 128 characters. */
  readonly serviceAccountEmail: string;
  /**
   * What the tokens are good for, at least one scope.
   *
   * @defaultValue the scopes of IAM and of the whole platform
   */
  readonly tokenScopes?: readonly string[] | undefined;
}

/** Inputs of `github`: installation tokens of a GitHub App. */
export interface GitHubInputs {
  /** The app's id. */
  readonly appId: number;
  /** The installation's id. */
  readonly installationId: number;
  /** The app's private key, as PEM. */
  readonly privateKey: string;
}

/** Inputs of `ibm-api-connect`: client credentials of IBM API Connect. */
export interface IbmApiConnectInputs extends GatewayInputs {
  /** The client id of who makes credentials. */
  readonly clientId: string;
  /** The secret of that client. */
  readonly clientSecret: string;
  /** The address of the instance. */
  readonly instanceUrl: string;
  /** The key of its API. */
  readonly apiKey: string;
  /** The provider organization's id. */
  readonly orgId: string;
  /** The catalog's id. */
  readonly catalogId: string;
  /** The consumer organization's id. */
  readonly consumerOrgId: string;
  /** The application's id. */
  readonly appId: string;
}

interface LdapConnectionInputs extends TlsInputs {
  /** The directory's address: `ldap://` or `ldaps://`. */
  readonly url: string;
  /** The distinguished name to log in with. */
  readonly binddn: string;
  /** Its password. */
  readonly bindpass: string;
}

/** Inputs of `ldap` where each lease makes an entry. */
export interface LdapDynamicInputs extends LdapConnectionInputs {
  /**
   * What a lease does.
   *
   * @defaultValue "dynamic"
   */
  readonly credentialType?: "dynamic" | undefined;
  /** Makes the entry, as LDIF. */
  readonly creationLdif: string;
  /** Removes the entry, as LDIF. */
  readonly revocationLdif: string;
  /** Undoes a creation that failed, as LDIF. */
  readonly rollbackLdif?: string | undefined;
}

/** Inputs of `ldap` where each lease sets the password of an entry that is there. */
export interface LdapStaticInputs extends LdapConnectionInputs {
  /** What a lease does. */
  readonly credentialType: "static";
  /** Sets the password, as LDIF. */
  readonly rotationLdif: string;
}

/** Inputs of `ldap`: entries of a directory. */
export type LdapInputs = LdapDynamicInputs | LdapStaticInputs;

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

/** The kind of a key; servers may know more. */
export type SshKeyAlgorithm =
  | "ED25519"
  | "RSA_2048"
  | "RSA_4096"
  | "EC_prime256v1"
  | "EC_secp384r1"
  // Keeps the list open, and its completion.
  | (string & {});

/** Inputs of `ssh`: keys with a certificate. */
export interface SshInputs {
  /** The users that the certificates are for, at least one. */
  readonly principals: readonly string[];
  /**
   * The kind of the leased keys.
   *
   * @defaultValue "ED25519"
   */
  readonly keyAlgorithm?: SshKeyAlgorithm | undefined;
  /**
   * The kind of the key that signs.
   *
   * @defaultValue "ED25519"
   */
  readonly caKeyAlgorithm?: SshKeyAlgorithm | undefined;
}

/** Inputs of `totp` where the address says everything. */
export interface TotpUrlInputs {
  /** Where the settings come from. */
  readonly configType: "url";
  /** An `otpauth://` address with a `secret`. */
  readonly url: string;
}

/** Inputs of `totp` where the settings are given one by one. */
export interface TotpManualInputs {
  /** Where the settings come from. */
  readonly configType: "manual";
  /** The shared secret, in base 32. */
  readonly secret: string;
  /** How long a code is good, in seconds. */
  readonly period?: number | undefined;
  /** The hash. */
  readonly algorithm?: "sha1" | "sha256" | "sha512" | undefined;
  /** The number of digits. */
  readonly digits?: number | undefined;
}

/** Inputs of `totp`: one-time codes. */
export type TotpInputs = TotpUrlInputs | TotpManualInputs;
