import type { TlsInputs } from "./shared.ts";

interface LdapConnectionInputs extends TlsInputs {
  /** The directory's URL: `ldap://` or `ldaps://`. */
  readonly url: string;
  /** The distinguished name that the server binds as. */
  readonly binddn: string;
  /** Its password. */
  readonly bindpass: string;
}

/** Inputs of `ldap` where each lease creates an entry. */
export interface LdapDynamicInputs extends LdapConnectionInputs {
  /**
   * What a lease does.
   *
   * @defaultValue "dynamic"
   */
  readonly credentialType?: "dynamic" | undefined;
  /** Creates the entry, as LDIF. */
  readonly creationLdif: string;
  /** Removes the entry, as LDIF. */
  readonly revocationLdif: string;
  /** Undoes a creation that failed, as LDIF. */
  readonly rollbackLdif?: string | undefined;
}

/** Inputs of `ldap` where each lease sets the password of an existing entry. */
export interface LdapStaticInputs extends LdapConnectionInputs {
  /** What a lease does. */
  readonly credentialType: "static";
  /** Sets the password, as LDIF. */
  readonly rotationLdif: string;
}

/** Inputs of `ldap`: entries of an LDAP directory. */
export type LdapInputs = LdapDynamicInputs | LdapStaticInputs;

/** An entry of an LDAP directory and its password. */
export interface LdapCredentials {
  /** The entry's name. */
  readonly USERNAME: string;
  /** The entry's password. */
  readonly PASSWORD: string;
  /** The distinguished names of the entries that changed. */
  readonly DN_ARRAY: readonly string[];
}

/** An additional field of the token request. */
export interface OAuth2ExtraParameter {
  /** The field's name; a name that OAuth 2.0 itself uses is not allowed. */
  readonly key: string;
  /** The field's value. */
  readonly value: string;
}

/** Inputs of `oauth2`: access tokens of an OAuth 2.0 server. */
export interface OAuth2Inputs {
  /** The grant that requests tokens. */
  readonly grantType: "client-credentials";
  /** The URL that issues tokens. */
  readonly tokenUrl: string;
  /** The URL that revokes tokens. */
  readonly revocationUrl: string;
  /** The client's id. */
  readonly clientId: string;
  /** How the client authenticates. */
  readonly clientAuth: {
    /** Where the secret is sent: in a header or in the body. */
    readonly method: "client_secret_basic" | "client_secret_post";
    /** The client's secret. Responses omit it; omit it from an update to keep it. */
    readonly clientSecret: string;
  };
  /** The scopes of the tokens, separated by spaces. */
  readonly scope?: string | undefined;
  /**
   * Additional fields of the token request, up to 20 with different names.
   *
   * @defaultValue none
   */
  readonly extraParams?: readonly OAuth2ExtraParameter[] | undefined;
}

/** The algorithm of a key; servers can know more. */
export type SshKeyAlgorithm =
  | "ED25519"
  | "RSA_2048"
  | "RSA_4096"
  | "EC_prime256v1"
  | "EC_secp384r1"
  // Keeps the list open, and its completion.
  | (string & {});

/** Inputs of `ssh`: SSH keys with a certificate. */
export interface SshInputs {
  /** The users that the certificates are valid for, at least one. */
  readonly principals: readonly string[];
  /**
   * The algorithm of the leased keys.
   *
   * @defaultValue "ED25519"
   */
  readonly keyAlgorithm?: SshKeyAlgorithm | undefined;
  /**
   * The algorithm of the key that signs certificates.
   *
   * @defaultValue "ED25519"
   */
  readonly caKeyAlgorithm?: SshKeyAlgorithm | undefined;
}

/** An SSH key with its certificate. */
export interface SshCredentials {
  /** The private key. */
  readonly PRIVATE_KEY: string;
  /** The certificate of its public key, signed by the certificate authority. */
  readonly SIGNED_KEY: string;
}

/** Inputs of `totp` where a URL holds all settings. */
export interface TotpUrlInputs {
  /** Where the settings come from. */
  readonly configType: "url";
  /** An `otpauth://` URL with a `secret`. */
  readonly url: string;
}

/** Inputs of `totp` where each setting is an input. */
export interface TotpManualInputs {
  /** Where the settings come from. */
  readonly configType: "manual";
  /** The shared secret, in base 32. */
  readonly secret: string;
  /** How long a code is valid, in seconds. */
  readonly period?: number | undefined;
  /** The hash algorithm. */
  readonly algorithm?: "sha1" | "sha256" | "sha512" | undefined;
  /** The number of digits. */
  readonly digits?: number | undefined;
}

/** Inputs of `totp`: one-time passwords. */
export type TotpInputs = TotpUrlInputs | TotpManualInputs;

/** A one-time password. */
export interface TotpCredentials {
  /** The code, as digits. */
  readonly TOTP: string;
  /** How long the code remains valid, in seconds. */
  readonly TIME_REMAINING: number;
}
