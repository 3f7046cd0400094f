// Creates strategies of packages that are loaded when they are used.
import type { AlicloudAuthOptions } from "@infisical/auth-alicloud";
import type { AwsIamAuthOptions } from "@infisical/auth-aws";
import type { AzureAuthOptions } from "@infisical/auth-azure";
import type { EnvironmentAuthDescription, EnvironmentAuthOptions } from "@infisical/auth-env";
import type { GcpIamAuthOptions, GcpIdTokenAuthOptions } from "@infisical/auth-gcp";
import type { KubernetesAuthOptions } from "@infisical/auth-kubernetes";
import type { LdapAuthOptions } from "@infisical/auth-ldap";
import type { OciAuthOptions } from "@infisical/auth-oci";
import type { JwtAuthOptions, OidcAuthOptions, SpiffeAuthOptions } from "@infisical/auth-oidc";
import type { TlsCertAuthOptions } from "@infisical/auth-tls-cert";
import type { AuthStrategy } from "@infisical/core";

export async function awsIamAuth(options?: AwsIamAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-aws")).awsIamAuth(options);
}

export async function oidcAuth(options: OidcAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-oidc")).oidcAuth(options);
}

export async function jwtAuth(options: JwtAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-oidc")).jwtAuth(options);
}

export async function spiffeAuth(options: SpiffeAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-oidc")).spiffeAuth(options);
}

export async function kubernetesAuth(options?: KubernetesAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-kubernetes")).kubernetesAuth(options);
}

export async function gcpIdTokenAuth(options?: GcpIdTokenAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-gcp")).gcpIdTokenAuth(options);
}

export async function gcpIamAuth(options?: GcpIamAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-gcp")).gcpIamAuth(options);
}

export async function azureAuth(options?: AzureAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-azure")).azureAuth(options);
}

export async function ldapAuth(options: LdapAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-ldap")).ldapAuth(options);
}

export async function ociAuth(options?: OciAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-oci")).ociAuth(options);
}

export async function alicloudAuth(options?: AlicloudAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-alicloud")).alicloudAuth(options);
}

export async function tlsCertAuth(options: TlsCertAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-tls-cert")).tlsCertAuth(options);
}

export async function environmentAuth(options?: EnvironmentAuthOptions): Promise<AuthStrategy> {
  return (await import("@infisical/auth-env")).environmentAuth(options);
}

export async function describeEnvironmentAuth(
  options?: EnvironmentAuthOptions,
): Promise<EnvironmentAuthDescription> {
  return (await import("@infisical/auth-env")).describeEnvironmentAuth(options);
}
