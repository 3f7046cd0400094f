import { readVariable } from "@infisical/core/authoring";
import { readJwt } from "@infisical/core/logins";
import type { PartialPlace } from "./place.ts";

/** The variables by which the environment says who logs in; none of them is a credential. */
const variables = [
  "INFISICAL_AUTH_METHOD",
  "INFISICAL_AUTH_ORGANIZATION_SLUG",
  "INFISICAL_MACHINE_IDENTITY_ID",
  "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID",
  "INFISICAL_LDAP_USERNAME",
  "INFISICAL_ALICLOUD_AUTH_IDENTITY_ID",
  "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID",
  "INFISICAL_AZURE_AUTH_IDENTITY_ID",
  "INFISICAL_GCP_AUTH_IDENTITY_ID",
  "INFISICAL_KUBERNETES_IDENTITY_ID",
  "INFISICAL_LDAP_AUTH_IDENTITY_ID",
  "INFISICAL_OCI_AUTH_IDENTITY_ID",
  "INFISICAL_OIDC_AUTH_IDENTITY_ID",
] as const;

/** Describes who reads, as far as that is known before a login, without a credential. */
export function identityOf({ client, auth }: PartialPlace): readonly unknown[] {
  if (client) return ["client"];
  if (auth) return ["strategy", (auth as { readonly subject?: unknown }).subject ?? auth.name];
  return ["environment", variables.map((name) => readVariable(name) ?? null), identityOfToken()];
}

function identityOfToken(): unknown {
  const token = readVariable("INFISICAL_TOKEN") ?? readVariable("INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN");
  return token === undefined ? null : (readJwt(token).claims["identityId"] ?? "token");
}

/** Describes the place and who reads it, for what must belong to exactly these. */
export function describeExactly(place: PartialPlace): string {
  const { siteUrl = null, projectId = null, environment = null, secretPath } = place;
  const how = [place.recursive, place.includeImports, place.expandSecretReferences];
  return JSON.stringify([siteUrl, projectId, environment, secretPath, how, identityOf(place)]);
}
