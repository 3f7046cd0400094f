import {
  boolean,
  list,
  matching,
  name,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
  record,
  url,
  uuid,
} from "../engine/check.ts";
import { type AccessTokenSeed, accessTokenSeed } from "./access-token-seed.ts";
import { type AlicloudAuthSeed, alicloudAuthSeed } from "./alicloud-seed.ts";
import { type AzureAuthSeed, azureAuthSeed } from "./azure-seed.ts";
import { type JwtAuthSeed, jwtAuthSeed, type OidcAuthSeed, oidcAuthSeed } from "./bound-token-seed.ts";
import { type GcpAuthSeed, gcpAuthSeed } from "./gcp-seed.ts";
import { type KubernetesAuthSeed, kubernetesAuthSeed } from "./kubernetes-seed.ts";
import { type LdapAuthSeed, ldapAuthSeed } from "./ldap-seed.ts";
import { type OciAuthSeed, ociAuthSeed } from "./oci-seed.ts";
import { type SpiffeAuthSeed, spiffeAuthSeed } from "./spiffe-seed.ts";
import { type TlsCertAuthSeed, tlsCertAuthSeed } from "./tls-cert-seed.ts";

const universalAuthSeed = object({
  ...accessTokenSeed.fields,
  /**
   * The client id.
   *
   * @defaultValue a UUID that is the same in every run
   */
  clientId: optional(name),
  /**
   * The client secret.
   *
   * @defaultValue a string that is the same in every run
   */
  clientSecret: optional(name),
  /**
   * Whether three failed logins within 30 seconds lock the identity for 300 seconds.
   *
   * @defaultValue true
   */
  lockout: optional(boolean),
});

/**
 * Universal Auth of a seeded identity.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       universalAuth: { clientId: "a-client-id", clientSecret: "a-client-secret", lockout: true },
 *     },
 *   ],
 * });
 */
export interface UniversalAuthSeed extends ObjectOf<typeof universalAuthSeed.fields> {}

const awsCredentialSeed = object({
  /** The id of the access key. */
  accessKeyId: name,
  /** The secret access key, used to verify signatures. */
  secretAccessKey: name,
  /** The session token of temporary credentials, which requests must then contain. */
  sessionToken: optional(name),
  /**
   * When the credentials expire by the server's clock, in milliseconds since 1970.
   *
   * @defaultValue never
   */
  expiration: optional(number),
  /** The Amazon Resource Name of its owner: a user, a role, or the session of an assumed role. */
  arn: matching(/^arn:[\w-]+:(iam|sts)::\d{12}:/, "must be the ARN of a user or a role"),
});

/** An access key that the simulated AWS knows. */
export interface AwsCredentialSeed extends ObjectOf<typeof awsCredentialSeed.fields> {}

const awsAuthSeed = object({
  ...accessTokenSeed.fields,
  /**
   * The allowed account ids of 12 digits.
   *
   * @defaultValue every account
   */
  allowedAccountIds: optional(list(name)),
  /**
   * The allowed Amazon Resource Names of users and roles, in which `*` matches anything.
   *
   * @defaultValue every principal
   */
  allowedPrincipalArns: optional(list(name)),
  /** Access keys that the simulated AWS knows. It knows those of all identities. */
  credentials: optional(list<AwsCredentialSeed>(awsCredentialSeed)),
  /**
   * The STS endpoint that the server calls.
   *
   * @defaultValue `https://sts.<region>.amazonaws.com`, which does not exist for regions in China (`cn-*`)
   */
  stsEndpoint: optional(url),
});

/**
 * AWS Auth of a seeded identity.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       awsAuth: { stsEndpoint: "https://sts.eu-central-1.amazonaws.com/" },
 *     },
 *   ],
 * });
 */
export interface AwsAuthSeed extends ObjectOf<typeof awsAuthSeed.fields> {}

const privilegeSeed = object({
  /** What it is about. */
  subject: oneOf("certificates", "certificate-profiles"),
  /** What is allowed: issuing is an action with profiles, reading keys one with certificates. */
  actions: list(oneOf("read", "issue-cert", "read-private-key"), { atLeast: 1 }),
});

/** Actions that a seeded identity is allowed besides what its project roles allow. */
export interface PrivilegeSeed extends ObjectOf<typeof privilegeSeed.fields> {}

export const identitySeed = object({
  /** Its name, by which `credentials()` finds it. */
  name,
  /**
   * A UUID.
   *
   * @defaultValue one that is the same in every run
   */
  id: optional(uuid),
  /**
   * Whether it stands for a user, which has personal secrets. It is invited to projects by its name.
   *
   * @defaultValue false
   */
  isUser: optional(boolean),
  /**
   * Whether it was deleted and only its auth methods are left, so that logins are answered with 401 `Identity not found`, and
   * by LDAP with 404.
   *
   * @defaultValue false
   */
  isDeleted: optional(boolean),
  /**
   * Its role in the organization. With `no-access` an identity cannot create projects.
   *
   * @defaultValue "member"
   */
  organizationRole: optional(oneOf("admin", "member", "no-access")),
  /** Roles by project slug. The identity is a member of these projects only. */
  projectRoles: optional(record(oneOf("admin", "member", "viewer", "no-access"))),
  /**
   * What it is allowed in its projects besides what its roles there allow.
   *
   * @defaultValue nothing
   */
  additionalPrivileges: optional(list<PrivilegeSeed>(privilegeSeed)),
  /**
   * Its Universal Auth; `{}` uses all defaults.
   *
   * @defaultValue none
   */
  universalAuth: optional<UniversalAuthSeed>(universalAuthSeed),
  /**
   * Its AWS Auth.
   *
   * @defaultValue none
   */
  awsAuth: optional<AwsAuthSeed>(awsAuthSeed),
  /**
   * Its JWT Auth.
   *
   * @defaultValue none
   */
  jwtAuth: optional<JwtAuthSeed>(jwtAuthSeed),
  /**
   * Its OIDC Auth; `{}` accepts the tokens of the server's own issuer.
   *
   * @defaultValue none
   */
  oidcAuth: optional<OidcAuthSeed>(oidcAuthSeed),
  /**
   * Its Kubernetes Auth.
   *
   * @defaultValue none
   */
  kubernetesAuth: optional<KubernetesAuthSeed>(kubernetesAuthSeed),
  /**
   * Its SPIFFE Auth.
   *
   * @defaultValue none
   */
  spiffeAuth: optional<SpiffeAuthSeed>(spiffeAuthSeed),
  /**
   * Its GCP Auth; `{ type: "gce" }` accepts the ID tokens that the server's own issuer signs.
   *
   * @defaultValue none
   */
  gcpAuth: optional<GcpAuthSeed>(gcpAuthSeed),
  /**
   * Its Azure Auth.
   *
   * @defaultValue none
   */
  azureAuth: optional<AzureAuthSeed>(azureAuthSeed),
  /**
   * Its LDAP Auth.
   *
   * @defaultValue none
   */
  ldapAuth: optional<LdapAuthSeed>(ldapAuthSeed),
  /**
   * Its OCI Auth.
   *
   * @defaultValue none
   */
  ociAuth: optional<OciAuthSeed>(ociAuthSeed),
  /**
   * Its Alibaba Cloud Auth.
   *
   * @defaultValue none
   */
  alicloudAuth: optional<AlicloudAuthSeed>(alicloudAuthSeed),
  /**
   * Its TLS Certificate Auth.
   *
   * @defaultValue none
   */
  tlsCertAuth: optional<TlsCertAuthSeed>(tlsCertAuthSeed),
  /**
   * Its Token Auth: administrators can create tokens for it.
   *
   * @defaultValue none
   */
  tokenAuth: optional<AccessTokenSeed>(accessTokenSeed),
});

/**
 * A machine identity that exists from the start.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     { id: "1d3c1ea2-5b0f-4a57-9d5e-0c1f6a0f2a11", name: "app", organizationRole: "no-access", tokenAuth: {} },
 *     { name: "gone", isDeleted: true, universalAuth: {} },
 *     { name: "a person", isUser: true, tokenAuth: {} },
 *   ],
 * });
 */
export interface IdentitySeed extends ObjectOf<typeof identitySeed.fields> {}
