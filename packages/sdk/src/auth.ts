import type { AlicloudAuthOptions } from "@infisical/auth-alicloud";
import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import type { AzureAuthOptions } from "@infisical/auth-azure";
import type { GcpIamAuthOptions, GcpIdTokenAuthOptions } from "@infisical/auth-gcp";
import type { KubernetesAuthOptions } from "@infisical/auth-kubernetes";
import type { LdapAuthOptions } from "@infisical/auth-ldap";
import type { OciAuthOptions } from "@infisical/auth-oci";
import type { JwtAuthOptions, OidcAuthOptions, SpiffeAuthOptions } from "@infisical/auth-oidc";
import type { TlsCertAuthOptions } from "@infisical/auth-tls-cert";
import { type UniversalAuthOptions, universalAuth } from "@infisical/auth-universal";
import type { Auth, AuthStrategy } from "@infisical/core";
import * as load from "./load.ts";

/** Logs in with one auth method. */
export interface AuthMethodClient<Client, Options> {
  /**
   * Logs in as a machine identity.
   *
   * @param options - Who logs in, and the proof or where it comes from, as for the strategy of the same name.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. `AUTH_FAILED`, `TOKEN_UNAVAILABLE`: the
   * platform provides no proof.
   */
  login(options: Options): Promise<Client>;
  /**
   * Gets a fresh token now; the session also does this by itself.
   *
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server refused.
   * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: no login took place before.
   */
  renew(): Promise<Client>;
}

/** Logs in with one auth method whose options can all be found by themselves. */
export interface OptionalAuthMethodClient<Client, Options> extends AuthMethodClient<Client, Options> {
  /**
   * Logs in as a machine identity.
   *
   * @param options - As for the strategy of the same name; what is missing is looked up, such as the identity in
   * `INFISICAL_MACHINE_IDENTITY_ID`.
   * @returns The client.
   * @throws {InfisicalSDKRequestError} `AUTH_FAILED`: the server, or the platform, refused.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or cannot be found. `AUTH_FAILED`,
   * `TOKEN_UNAVAILABLE`: the platform provides no proof.
   */
  login(options?: Options): Promise<Client>;
}

/** Logs in with Universal Auth. */
export interface UniversalAuthClient<Client> extends AuthMethodClient<Client, UniversalAuthOptions> {}

/** Logs in with AWS IAM. */
export interface AwsIamAuthClient<Client> extends OptionalAuthMethodClient<Client, AwsIamAuthOptions> {}

/** The result of `auth()`: the session, and a login for each auth method. */
export interface AuthClient<Client> extends Auth<Client> {
  /** Universal Auth: a client id and a client secret. */
  readonly universalAuth: UniversalAuthClient<Client>;
  /** AWS IAM: AWS vouches for the role or user as which the program runs. */
  readonly awsIamAuth: AwsIamAuthClient<Client>;
  /** OpenID Connect: the platform on which the program runs vouches for it with a token. */
  readonly oidcAuth: AuthMethodClient<Client, OidcAuthOptions>;
  /** JWT Auth: a token that is signed with a key that the identity trusts. */
  readonly jwtAuth: AuthMethodClient<Client, JwtAuthOptions>;
  /** SPIFFE: a JWT-SVID of the workload API. */
  readonly spiffeAuth: AuthMethodClient<Client, SpiffeAuthOptions>;
  /** Kubernetes: the cluster vouches for the service account of the pod. */
  readonly kubernetesAuth: OptionalAuthMethodClient<Client, KubernetesAuthOptions>;
  /** Google Cloud: the metadata server vouches for the service account with an ID token. */
  readonly gcpIdTokenAuth: OptionalAuthMethodClient<Client, GcpIdTokenAuthOptions>;
  /** Google Cloud: a JWT that is signed with the key of a service account, or by Google. */
  readonly gcpIamAuth: OptionalAuthMethodClient<Client, GcpIamAuthOptions>;
  /** Azure: a managed identity, or the workload identity of a pod. */
  readonly azureAuth: OptionalAuthMethodClient<Client, AzureAuthOptions>;
  /** LDAP: a user of a directory. */
  readonly ldapAuth: AuthMethodClient<Client, LdapAuthOptions>;
  /** Oracle Cloud: a request that the API key of a user signs. */
  readonly ociAuth: OptionalAuthMethodClient<Client, OciAuthOptions>;
  /** Alibaba Cloud: a request that the AccessKey pair of a user signs. */
  readonly alicloudAuth: OptionalAuthMethodClient<Client, AlicloudAuthOptions>;
  /** TLS certificate: a client certificate, over mutual TLS. */
  readonly tlsCertAuth: AuthMethodClient<Client, TlsCertAuthOptions>;
}

/** Adds the login methods to the session of a client. Packages other than Universal Auth's are loaded on demand. */
export function withLogins<Client>(session: Auth<Client>): AuthClient<Client> {
  const { renew } = session;
  const method = <Options>(create: (options: Options) => AuthStrategy | Promise<AuthStrategy>) => ({
    // Created before the client switches to it: a wrong option must not end the session in use.
    login: async (options: Options) => session.login(await create(options)),
    renew,
  });
  const logins = {
    universalAuth: method(universalAuth),
    awsIamAuth: method(load.awsIamAuth),
    oidcAuth: method(load.oidcAuth),
    jwtAuth: method(load.jwtAuth),
    spiffeAuth: method(load.spiffeAuth),
    kubernetesAuth: method(load.kubernetesAuth),
    gcpIdTokenAuth: method(load.gcpIdTokenAuth),
    gcpIamAuth: method(load.gcpIamAuth),
    azureAuth: method(load.azureAuth),
    ldapAuth: method(load.ldapAuth),
    ociAuth: method(load.ociAuth),
    alicloudAuth: method(load.alicloudAuth),
    tlsCertAuth: method(load.tlsCertAuth),
  };
  // With what functions that take a client find in it, which a copy of its fields would lose.
  return Object.defineProperties(logins, Object.getOwnPropertyDescriptors(session)) as AuthClient<Client>;
}
