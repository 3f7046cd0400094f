import type { TlsInputs } from "./tls-inputs.ts";

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
