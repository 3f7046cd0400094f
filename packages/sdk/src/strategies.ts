import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import type { AzureAuthOptions } from "@infisical/auth-azure";
import type { EnvironmentAuthDescription, EnvironmentAuthOptions } from "@infisical/auth-env";
import type { GcpIamAuthOptions, GcpIdTokenAuthOptions } from "@infisical/auth-gcp";
import type { KubernetesAuthOptions } from "@infisical/auth-kubernetes";
import type { LdapAuthOptions } from "@infisical/auth-ldap";
import type { JwtAuthOptions, OidcAuthOptions, SpiffeAuthOptions } from "@infisical/auth-oidc";
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
 * Logs in with what the environment provides: a token, a client secret, or the platform on which the program runs.
 *
 * The first login loads the package behind it, decides by variables and files alone, and loads the method that it chooses.
 *
 * @param options - The method and the variables; checked by the first login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`. Its name contains the method from the first
 * login on.
 *
 * @example
 * import { environmentAuth, InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: environmentAuth() });
 */
export function environmentAuth(options?: EnvironmentAuthOptions): AuthStrategy {
  let strategy: AuthStrategy | undefined;
  return {
    get name() {
      return strategy?.name ?? "environment";
    },
    async login(context) {
      strategy ??= await load.environmentAuth(options);
      return strategy.login(context);
    },
  };
}

/**
 * Tells how `environmentAuth()` would log in, without logging in.
 *
 * @param options - As for `environmentAuth()`.
 * @returns What would be chosen, and what would be skipped; never a credential.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or variables contradict each other.
 *
 * @example
 * import { describeEnvironmentAuth } from "@infisical/sdk";
 * const { chosen } = await describeEnvironmentAuth({ environment: { INFISICAL_TOKEN: "a-token" } });
 * console.log(chosen?.method); // token-auth
 */
export function describeEnvironmentAuth(
  options?: EnvironmentAuthOptions,
): Promise<EnvironmentAuthDescription> {
  return load.describeEnvironmentAuth(options);
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
