import type { AlicloudAuthOptions } from "@infisical/auth-alicloud";
import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import type { AzureAuthOptions } from "@infisical/auth-azure";
import type { GcpIamAuthOptions, GcpIdTokenAuthOptions } from "@infisical/auth-gcp";
import type { KubernetesAuthOptions } from "@infisical/auth-kubernetes";
import type { LdapAuthOptions } from "@infisical/auth-ldap";
import type { OciAuthOptions } from "@infisical/auth-oci";
import type { JwtAuthOptions, OidcAuthOptions, SpiffeAuthOptions } from "@infisical/auth-oidc";
import type { TlsCertAuthOptions } from "@infisical/auth-tls-cert";
import type { AuthStrategy } from "@infisical/core";
import { own, readOption, requireUnquoted } from "@infisical/core/authoring";
import * as load from "./load.ts";

/**
 * Logs in with AWS IAM: AWS vouches for the role or user as which the program runs.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the AWS credentials to use; missing ones are looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { awsIamAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: awsIamAuth({ identityId: "id" }) });
 */
export function awsIamAuth(options?: AwsIamAuthOptions): AuthStrategy {
  return onDemand("aws-auth", options, () => load.awsIamAuth(options));
}

/**
 * Logs in with OpenID Connect: the platform on which the program runs vouches for it with a token.
 *
 * The first login loads the package behind it and checks all options except the identity. Token sources, such as
 * `githubActions()`, are in the entries of `@infisical/auth-oidc`.
 *
 * @param options - The identity to log in as, and the token or its source.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, oidcAuth } from "@infisical/sdk";
 * const token = async () => "the platform's token";
 * const client = new InfisicalSDK({ auth: oidcAuth({ identityId: "id", token }) });
 */
export function oidcAuth(options: OidcAuthOptions): AuthStrategy {
  return onDemand("oidc-auth", options, () => load.oidcAuth(options));
}

/**
 * Logs in with JWT Auth: a token that is signed with a key that the identity trusts.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the token or its source.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, jwtAuth } from "@infisical/sdk";
 * const token = async () => "a token signed by us";
 * const client = new InfisicalSDK({ auth: jwtAuth({ identityId: "id", token }) });
 */
export function jwtAuth(options: JwtAuthOptions): AuthStrategy {
  return onDemand("jwt-auth", options, () => load.jwtAuth(options));
}

/**
 * Logs in with SPIFFE: a JWT-SVID, which the workload API of SPIRE or the like issues.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the token or its source.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, spiffeAuth } from "@infisical/sdk";
 * const token = async () => "a JWT-SVID";
 * const client = new InfisicalSDK({ auth: spiffeAuth({ identityId: "id", token }) });
 */
export function spiffeAuth(options: SpiffeAuthOptions): AuthStrategy {
  return onDemand("spiffe-auth", options, () => load.spiffeAuth(options));
}

/**
 * Logs in with the service account of the Kubernetes pod in which the program runs.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and where the token's file is; missing ones are looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, kubernetesAuth } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: kubernetesAuth({ identityId: "id" }) });
 */
export function kubernetesAuth(options?: KubernetesAuthOptions): AuthStrategy {
  return onDemand("kubernetes-auth", options, () => load.kubernetesAuth(options));
}

/**
 * Logs in with an ID token that Google's metadata server issues.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as; if it is missing, it is looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { gcpIdTokenAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: gcpIdTokenAuth({ identityId: "id" }) });
 */
export function gcpIdTokenAuth(options?: GcpIdTokenAuthOptions): AuthStrategy {
  return onDemand("gcp-auth", options, () => load.gcpIdTokenAuth(options));
}

/**
 * Logs in as a service account of Google Cloud, with a JWT that is signed with its key, or by Google.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the key or where it is; missing ones are looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { gcpIamAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: gcpIamAuth({ identityId: "id" }) });
 */
export function gcpIamAuth(options?: GcpIamAuthOptions): AuthStrategy {
  return onDemand("gcp-auth", options, () => load.gcpIamAuth(options));
}

/**
 * Logs in with an access token of Azure: a managed identity, or the workload identity of a pod.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and which token proves it; what is missing is looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { azureAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: azureAuth({ identityId: "id" }) });
 */
export function azureAuth(options?: AzureAuthOptions): AuthStrategy {
  return onDemand("azure-auth", options, () => load.azureAuth(options));
}

/**
 * Logs in as a user of an LDAP directory.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the user's name and password.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, ldapAuth } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: ldapAuth({ identityId: "id", username: "app", password: "hunter2" }) });
 */
export function ldapAuth(options: LdapAuthOptions): AuthStrategy {
  return onDemand("ldap-auth", options, () => load.ldapAuth(options));
}

/**
 * Logs in as an IAM user of Oracle Cloud, with a request that its API key signs.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the key or where it is; missing ones are looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, ociAuth } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: ociAuth({ identityId: "id" }) });
 */
export function ociAuth(options?: OciAuthOptions): AuthStrategy {
  return onDemand("oci-auth", options, () => load.ociAuth(options));
}

/**
 * Logs in as a RAM user of Alibaba Cloud, with a request that its AccessKey pair signs.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the pair; missing ones are looked up.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { alicloudAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: alicloudAuth({ identityId: "id" }) });
 */
export function alicloudAuth(options?: AlicloudAuthOptions): AuthStrategy {
  return onDemand("alicloud-auth", options, () => load.alicloudAuth(options));
}

/**
 * Logs in with a client certificate, over mutual TLS.
 *
 * The first login loads the package behind it and checks all options except the identity.
 *
 * @param options - The identity to log in as, and the certificate with its key.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: `identityId` is empty or in quotation marks.
 *
 * @example
 * import { InfisicalSDK, tlsCertAuth } from "@infisical/sdk";
 * const [cert, key] = [{ file: "/run/tls/tls.crt" }, { file: "/run/tls/tls.key" }];
 * const client = new InfisicalSDK({ auth: tlsCertAuth({ identityId: "id", cert, key }) });
 */
export function tlsCertAuth(options: TlsCertAuthOptions): AuthStrategy {
  return onDemand("tls-cert-auth", options, () => load.tlsCertAuth(options));
}

/** A strategy that the first login creates, from a package that it loads. */
function onDemand(
  name: string,
  options: { readonly identityId?: string | undefined } | undefined,
  create: () => Promise<AuthStrategy>,
): AuthStrategy {
  const identityId = readOption("identityId", () => own(options ?? {}).identityId);
  if (identityId !== undefined) requireUnquoted("identityId", identityId, "INFISICAL_MACHINE_IDENTITY_ID");
  return { name, login: async (context) => (await create()).login(context) };
}
